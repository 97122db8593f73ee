// The stage's own socket, on which rows come without a run of the page's script: thermofit/live/stream.py. Where it can't
// be opened, or is lost, the stage asks through the page instead, and this tries again now and then.

import { Connection, unpack } from "./connection.js";

const UNKNOWN = 4001; // the close code that says: nobody has this token, or not any more
const WAITS = [500, 1000, 2000, 5000, 15_000, 60_000]; // ms before the first, second … try after a failure

const address = () => {
  const url = new URL("./thermofit/rows", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
};

export class Lane {
  /** `onAnswer` gets each answer; `onRefused` is called where the token is not valid any more. */
  constructor(describe, onAnswer, onRefused, open = () => new WebSocket(address())) {
    Object.assign(this, { onAnswer, onRefused, open, token: "", isOpen: false, failures: 0 });
    this.connection = new Connection(describe);
    this.connection.send = (question) => this.socket.send(JSON.stringify(question));
  }

  /** The session says by which token it knows the stage. */
  use(token) {
    if (!token || token === this.token) return;
    this.close();
    this.token = token;
    this.failures = 0;
    this.#connect();
  }

  /** Leave; `use` or `resume` opens it again. */
  close() {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null; // what it still tells is not heard
    socket?.close();
    this.#lose();
  }

  /** Open it again where it was closed. */
  resume() {
    if (this.token && !this.socket) this.#connect();
  }

  /** An answer is overdue: whatever lies between here and the server, the page may still get through. */
  drop() {
    this.close();
    this.#retry();
  }

  #connect() {
    clearTimeout(this.timer);
    const socket = (this.socket = this.open());
    socket.binaryType = "arraybuffer";
    const heard = (act) => (event) => socket === this.socket && act(event);
    socket.onopen = heard(() => socket.send(this.token));
    socket.onmessage = heard(({ data }) => (typeof data === "string" ? this.#told(JSON.parse(data)) : this.#answered(data)));
    socket.onclose = heard(({ code }) => this.#closed(code));
  }

  /** The server is ready, or says what was wrong with a question, which then stays without an answer. */
  #told({ ready }) {
    if (ready) Object.assign(this, { isOpen: true, failures: 0 });
  }

  #closed(code) {
    this.socket = null;
    this.#lose();
    if (code !== UNKNOWN) return this.#retry();
    this.token = "";
    return this.onRefused();
  }

  #answered(data) {
    const answer = unpack(new Uint8Array(data));
    this.connection.received(answer.seq);
    this.onAnswer(answer);
  }

  #lose() {
    this.isOpen = false;
    this.connection.forget();
  }

  #retry() {
    const wait = WAITS[Math.min(this.failures++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.#connect(), wait);
  }
}
