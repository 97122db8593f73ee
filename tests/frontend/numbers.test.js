// The table that thermofit/numbers.py is held to as well (tests/test_numbers.py).

import assert from "node:assert/strict";
import test from "node:test";

import { groups, number, written } from "../../thermofit/stage/frontend/numbers.js";
import { Rows } from "../../thermofit/stage/frontend/rows.js";
import { sentence } from "../../thermofit/stage/frontend/transport_bar.js";
import { use } from "../../thermofit/stage/frontend/words.js";
import { random, table, whole } from "./helpers.js";

const TABLE = table("numbers_examples.json");

const ENGLISH = { tag: "en", decimal: "." };

for (const decimal of TABLE.decimals) {
  const inThisLanguage = (check) => () => {
    use({ tag: "en", decimal });
    try {
      check();
    } finally {
      use(ENGLISH);
    }
  };

  test(`numbers with "${decimal}" are written as in the table`, inThisLanguage(() => {
    for (const [value, digits, sign, text] of TABLE.written) {
      assert.equal(written(Number(value), digits, sign), text.replace(".", decimal), `${value} in ${digits} digits`);
    }
  }));

  test(`counts beside "${decimal}" are parted as in the table`, inThisLanguage(() => {
    for (const [value, text] of TABLE.counts) assert.deepEqual(groups(value), text.split(" "));
  }));

  test(`numbers of three digits with "${decimal}" are written as in the table`, inThisLanguage(() => {
    for (const [value, text] of TABLE.numbers) assert.equal(number(value), text.replaceAll(" ", "\u202f").replace(".", decimal));
  }));
}

test("what is written reads back to the number, but for half a unit of its last digit", () => {
  const next = random(4);
  for (let i = 0; i < 5000; i++) {
    const value = (next() - 0.5) * 10 ** whole(next, -40, 38);
    const digits = whole(next, 1, 9);
    const text = written(value, digits);
    assert.equal(text.replace(/^−|e.*$/g, "").replace(".", "").replace(/^0+/, "").length, digits, text);
    assert.ok(Math.abs(Number(text.replace("−", "-")) - value) <= 0.5001 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1), text);
    assert.equal(written(value, digits, true).replace("− ", "−").replace("+ ", ""), text);
  }
});

test("a sentence names epochs in full and other columns in the digits it asks for", () => {
  const rows = Object.assign(new Rows([]), { epoch: [1234567], columns: { w: [-0.25] } });
  const parts = ["At epoch ", { column: "epoch" }, " w is ", { column: "w", digits: 3 }, ", b ", { column: "b", digits: 3 }, "."];
  assert.equal(sentence(parts, rows, 0), "At epoch 1\u202f234\u202f567 w is −0.250, b –.");
});
