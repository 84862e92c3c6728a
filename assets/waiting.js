/* While an answer is awaited the charts say so: aria-busy, and after a moment they are dimmed, until what comes is drawn. */
(function () {
  "use strict";

  const UPDATE = "/_dash-update-component";
  const CONTENT = "content.children";
  const DELAY = 150;
  const FRAMES = 3;
  let awaited = 0;
  let timer = 0;

  function show() {
    const content = document.getElementById("content");
    if (content) {
      content.setAttribute("aria-busy", "true");
      window.clearTimeout(timer);
      // Until the app stands, the first response does, which is no page that waits.
      const standing = !document.body.classList.contains("prerendered");
      timer = window.setTimeout(function () { content.classList.toggle("waiting", standing); }, DELAY);
    }
  }

  /* What has come is drawn in the frames that follow; a chart says itself that it is not drawn yet. */
  function end(frames) {
    window.requestAnimationFrame(function () {
      const content = document.getElementById("content");
      if (awaited || !content) {
        return;
      }
      if (frames || content.querySelector(".dash-graph--pending")) {
        end(Math.max(frames - 1, 0));
        return;
      }
      window.clearTimeout(timer);
      content.removeAttribute("aria-busy");
      content.classList.remove("waiting");
    });
  }

  const fetchBefore = window.fetch;
  window.fetch = function (address, options) {
    const asked = fetchBefore.call(window, address, options);
    const body = options && options.body;
    if (!String(address).includes(UPDATE) || typeof body !== "string" || !body.includes(CONTENT)) {
      return asked;
    }
    awaited += 1;
    show();
    const over = function () {
      awaited -= 1;
      end(FRAMES);
    };
    asked.then(function (response) { return response.clone().arrayBuffer(); }).then(over, over);
    return asked;
  };
})();
