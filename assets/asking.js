/* What the page asks of its site: a request is answered in time or it has failed, which is said, with a button that asks again.
   Back online it is asked again by itself. */
(function () {
  "use strict";

  const PATIENCE = 20000;
  const LEAVING = 3000;
  const plainFetch = window.fetch;
  const missing = new Map();
  let left = 0;
  let dialog = null;

  /* A browser drops what a page still asks when the reader leaves it; a link to a file looks the same, but the page stays. */
  window.addEventListener("beforeunload", function () { left = Date.now(); });

  function stays() {
    const rest = left + LEAVING - Date.now();
    return rest > 0 ? new Promise(function (resolve) { window.setTimeout(resolve, rest); }) : null;
  }

  /* The answer, and its body as ``read`` takes it; raises where nothing comes for a while, or not all. */
  async function fetched(address, options = {}, read = (response) => response.text()) {
    const stop = new AbortController();
    let timer = window.setTimeout(function () { stop.abort(); }, PATIENCE);
    if (options.signal) {
      options.signal.addEventListener("abort", function () { stop.abort(); });
    }
    try {
      const response = await plainFetch.call(window, address, { ...options, signal: stop.signal });
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { stop.abort(); }, PATIENCE);
      return { response, body: await read(response) };
    } catch (error) {
      await stays();
      throw error;
    } finally {
      window.clearTimeout(timer);
    }
  }

  /* A part of a page as HTML; what stands between reader and site may answer with a page of its own. */
  async function html(address) {
    const { response, body } = await fetched(address);
    if (response.status !== 200 || response.redirected || !isPart(body)) {
      throw new Error(String(response.status));
    }
    return body;
  }

  function isPart(text) {
    return Boolean(text) && !/^\s*<(!doctype|html)/i.test(text);
  }

  async function json(address, options) {
    const { response, body } = await fetched(address, options);
    if (!response.ok || response.redirected) {
      throw new Error(String(response.status));
    }
    return JSON.parse(body);
  }

  function words() {
    return document.getElementById("script-words").dataset;
  }

  /* Says in ``place`` that something has failed; ``again`` asks anew, by itself only where ``unasked``. */
  function failed(place, sentence, again, unasked = true) {
    const said = document.createElement("p");
    const button = document.createElement("button");
    const ask = function () {
      const focused = said.contains(document.activeElement);
      said.remove();
      if (focused) {
        place.tabIndex = -1;
        place.focus({ preventScroll: true });
      }
      again();
    };
    said.className = "failed";
    if (!place.matches("[role=alert]")) {
      said.setAttribute("role", "alert");
    }
    button.type = "button";
    button.className = "plain";
    button.textContent = words().again;
    button.addEventListener("click", ask);
    said.append(sentence, " ", button);
    said.barometerAgain = unasked ? ask : null;
    place.querySelectorAll(":scope > .failed").forEach(function (before) { before.remove(); });
    place.prepend(said);
  }

  window.addEventListener("online", function () {
    document.querySelectorAll(".failed").forEach(function (said) {
      if (said.barometerAgain) {
        said.barometerAgain();
      }
    });
  });

  /* --- What belongs to no one place stands at the foot of the window, or in the dialog that lies over it --- */

  function over() {
    return document.querySelector(".modal.show .modal-content, dialog[open]:not(.modal)");
  }

  function emptied() {
    const foot = document.querySelector("body:not(.prerendered) #react-entry-point #failure, .prerendered #prerendered #failure");
    document.querySelectorAll(".failure-over").forEach(function (before) { before.remove(); });
    foot.replaceChildren();
    dialog = over();
    if (!dialog) {
      return foot;
    }
    const made = document.createElement("div");
    made.className = "failure-over";
    dialog.prepend(made);
    return made;
  }

  function write() {
    const place = emptied();
    const all = Array.from(missing.values());
    const older = all.find(function (each) { return each.href; });
    if (older) {
      const said = document.createElement("p");
      const link = document.createElement("a");
      said.className = "failed";
      said.setAttribute("role", "alert");
      link.href = older.href;
      link.textContent = words().anew;
      said.append(words().older, " ", link);
      place.append(said);
    } else if (all.length) {
      const unasked = all.every(function (each) { return each.unasked; });
      failed(place, words().failed, function () {
        missing.clear();
        all.forEach(function (each) { each.again(); });
      }, unasked);
    }
  }

  function miss(name, again, unasked = true) {
    missing.set(name, { again, unasked });
    write();
  }

  function outdated(name, href) {
    missing.set(name, { href });
    write();
  }

  function forget(name) {
    if (missing.delete(name)) {
      write();
    }
  }

  /* What is said moves with the dialogs that open and close. */
  window.barometerAltered(function () {
    if (missing.size && over() !== dialog) {
      write();
    }
  });

  /* A script that the app asks for later is not asked for twice: the page starts anew, at the view that wanted it. */
  window.addEventListener("error", function (event) {
    if (event.target.tagName === "SCRIPT" && !document.body.classList.contains("prerendered")) {
      const wanted = window.location.href;
      miss(event.target.src, function () {
        if (wanted === window.location.href) {
          window.location.reload();
        } else {
          window.location.assign(wanted);
        }
      }, false);
    }
  }, true);

  window.barometerAsking = { fetched, html, json, isPart, failed, miss, outdated, forget };
})();
