/* The head of the page follows the view: title, description, addresses and preview are those that the server would write. */
(function () {
  "use strict";

  const OURS = "meta[name]:not([name=viewport]), meta[property], link[rel=canonical], link[rel=alternate], script[type='application/ld+json']";
  const heads = new Map();
  const idle = window.requestIdleCallback || function (then) { window.setTimeout(then, 50); };
  let wanted = null;
  let written = null;

  /* The search of an address with its parts in one order: the card's stands behind all others. */
  function key(search) {
    return Array.from(new URLSearchParams(search)).map(String).sort().join("&");
  }

  /* The charts are painted first; of several heads the last is written. */
  function write(head) {
    if (!head || head === wanted) {
      return;
    }
    wanted = head;
    idle(put, { timeout: 500 });
  }

  function put() {
    if (wanted !== written) {
      written = wanted;
      document.title = wanted.title;
      document.head.querySelectorAll(OURS).forEach(function (tag) { tag.remove(); });
      document.head.querySelector("title").insertAdjacentHTML("afterend", wanted.tags);
    }
  }

  /* Heads come with views and cards; one that was there before is known when its address comes back. */
  new MutationObserver(function () {
    document.querySelectorAll("[data-head]").forEach(function (holder) {
      if (holder.barometerHead !== holder.dataset.head) {
        holder.barometerHead = holder.dataset.head;
        const head = JSON.parse(holder.dataset.head);
        heads.set(key(head.search), head);
        write(head);
      }
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-head"] });

  function follow() {
    write(heads.get(key(window.location.search)));
  }

  window.addEventListener("popstate", follow);
  ["pushState", "replaceState"].forEach(function (name) {
    const change = window.history[name];
    window.history[name] = function (...what) {
      change.apply(this, what);
      follow();
    };
  });
})();
