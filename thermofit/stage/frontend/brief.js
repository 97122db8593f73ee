// An answer to what was pressed, which stands in the status line for a moment, whatever that would say by itself.

const LONG = 6000; // ms

export class Brief {
  /** `onChange()` is called when there is another text, or none any more. */
  constructor(onChange, wait = setTimeout) {
    Object.assign(this, { onChange, wait, text: "" });
  }

  say(text) {
    this.text = text;
    this.wait.call(globalThis, () => { if (this.text === text) this.end(); }, LONG);
    this.onChange();
  }

  end() {
    this.text = "";
    this.onChange();
  }
}
