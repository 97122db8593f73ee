// The stage's style sheets. Whoever imports this waits for them: nothing of the stage is seen without its style, and moved by it.

const beside = (name) => new URL(name, import.meta.url).href;

const loaded = (name) => new Promise((done) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside(name), onload: done, onerror: done });
  document.head.append(link);
});

await Promise.all(["stage.css", "says.css", "small.css", "touch.css", "embed.css", "projector.css", "print.css"].map(loaded));
