/* A view in a frame on another page: links open outside, the card stands where it was asked for, the host learns the height. */
(function () {
  "use strict";

  /* A frame without an origin (sandbox without allow-same-origin) gets no answer of the server: the first response stays, and Dash,
     which would ask, does not start. */
  if (window.origin === "null") {
    Object.defineProperty(window, "DashRenderer", { get: function () { return function () {}; }, set: function () {} });
  }

  const root = document.documentElement;
  if (!root.classList.contains("embed")) {
    return;
  }

  const GAP = 8;
  let told = 0;
  let card = null;
  let grows = false;

  /* The base of the document opens what nobody else answers; a figure to compare with is shown in place. */
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]");
    if (link && !link.matches("[data-beside]")) {
      event.stopPropagation();
    }
  }, true);

  /* WordPress names its frames in their address and listens to those that know their name. */
  function secret() {
    const named = /secret=([a-z0-9]+)/i.exec(window.location.hash);
    return named && named[1];
  }

  function tell(again) {
    const below = card ? card.offsetTop + card.offsetHeight + GAP : 0;
    const height = Math.ceil(Math.max(root.getBoundingClientRect().height, below));
    if (window.parent === window || !height || (height === told && !again)) {
      return;
    }
    told = height;
    // To whom is no matter: it is the height of a public page.
    window.parent.postMessage({ type: "innovation-barometer:height", height }, "*");
    if (secret()) {
      window.parent.postMessage({ message: "height", value: height, secret: secret() }, "*");
    }
  }

  window.addEventListener("message", function (event) {
    const said = event.data;
    if (event.source === window.parent && said && said.message === "ready" && said.secret === secret()) {
      tell(true);
    }
  });
  window.addEventListener("load", function () { tell(true); });

  /* A tall frame is seen in part: where its host lets it grow, its card opens in that part, else at the top. */
  const sight = new IntersectionObserver(function (entries) {
    root.style.setProperty("--card-top", (grows ? Math.max(entries[0].intersectionRect.top, 0) : 0) + GAP + "px");
    sight.disconnect();
    tell(false);
  });

  const sizes = new ResizeObserver(function () { tell(false); });
  sizes.observe(root);
  new MutationObserver(function () {
    const shown = document.querySelector(".modal-dialog");
    if (shown !== card) {
      card = shown;
      if (card) {
        grows = Math.abs(window.innerHeight - told) <= 1;
        sight.observe(root);
        sizes.observe(card);
      }
      tell(false);
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
