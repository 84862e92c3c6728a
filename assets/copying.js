/* Copies an address or a text; the button says how it went, and what could not be copied stands there, selected. */
(function () {
  "use strict";

  const SHOWN = 2000;
  const PATIENCE = 1000;
  const busy = new WeakMap();

  /* The old way, for pages without https and for frames without the permission; the focus stays where it was. */
  function copyBySelecting(text, beside) {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "unseen";
    // A dialog keeps the focus within itself.
    beside.after(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    field.remove();
    before.focus({ preventScroll: true });
    return done;
  }

  /* In a frame that may not, the very attempt would be a complaint on the host's console. */
  function allowed() {
    const policy = document.featurePolicy;
    return !policy || policy.allowsFeature("clipboard-write");
  }

  async function copy(text, beside) {
    if (!allowed()) {
      return copyBySelecting(text, beside);
    }
    try {
      // A browser that asks its reader, and gets no answer, never settles.
      const late = new Promise(function (_, refuse) { window.setTimeout(refuse, PATIENCE); });
      await Promise.race([navigator.clipboard.writeText(text), late]);
      return true;
    } catch {
      return copyBySelecting(text, beside);
    }
  }

  /* However often it is clicked, a button gets its own text back. */
  function say(button, text) {
    const known = busy.get(button) || { own: button.textContent };
    window.clearTimeout(known.timer);
    button.textContent = text;
    known.timer = window.setTimeout(function () {
      button.textContent = known.own;
      busy.delete(button);
    }, SHOWN);
    busy.set(button, known);
  }

  function offer(button, text) {
    let field = button.parentElement.querySelector(".to-copy");
    if (!field) {
      field = document.createElement("textarea");
      field.className = "to-copy form-control";
      field.readOnly = true;
      field.rows = 2;
      button.after(field);
    }
    field.setAttribute("aria-label", button.getAttribute("aria-label") || busy.get(button).own);
    field.value = text;
    field.focus();
    field.select();
  }

  document.addEventListener("click", async function (event) {
    const button = event.target.closest(".copy-link, .copy-text");
    if (!button) {
      return;
    }
    const address = button.dataset.address;
    const text = address === undefined ? button.dataset.text : new URL(address, window.location.href).href;
    button.setAttribute("aria-live", "polite");
    const done = await copy(text, button);
    say(button, done ? button.dataset.copied : document.getElementById("script-words").dataset.copyFailed);
    if (done) {
      button.parentElement.querySelector(".to-copy")?.remove();
    } else {
      offer(button, text);
    }
  });
})();
