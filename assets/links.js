/* A link to a view (`data-view`) opens it in place; without scripts, or in a new window, it is a link like any other.
   What is opened from below a chart is read from its top, unless the link names a theme of this page. */
(function () {
  "use strict";

  /* A theme that is folded opens for a link that leads to it, on the page or from elsewhere. */
  function unfold(hash) {
    const theme = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    theme?.querySelector(":scope > .later")?.setAttribute("open", "");
    return theme;
  }

  document.addEventListener("click", function (event) {
    unfold(event.target.closest("a[href^='#']")?.hash || "");
    const link = event.target.closest("a[data-view]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || event.defaultPrevented || !plain || !link.closest("#react-entry-point")) {
      return;
    }
    event.preventDefault();
    window.dash_clientside.set_props("location", { pathname: link.pathname, search: link.search });
    if (link.closest(".fragment") && !link.hash) {
      window.scrollTo(0, 0);
    }
  });

  /* At once: a scroll under way ends where it is when the app takes over. */
  const wanted = unfold(window.location.hash);
  if (wanted && window.performance.getEntriesByType("navigation")[0]?.type === "navigate") {
    wanted.scrollIntoView({ behavior: "instant" });
  }
})();
