/* Finished HTML within the page: puts it in its place, folds its menus, brings its tables. */
(function () {
  "use strict";

  const unfolded = new Set();

  /* What folds below a chart is known by its theme, of which each view brings a new one. */
  function name(part) {
    const theme = part.closest("section.theme");
    return theme && !part.matches(".offer") ? theme.id + " " + part.className : "";
  }

  /* What was unfolded stays so, what a card unfolds is so, and a table keeps its height until the new one is there. */
  function fill(fragment) {
    const open = Array.from(fragment.querySelectorAll("details[open]:not(.offer)"), function (part) { return part.className; });
    const before = fragment.querySelector(".table-of[open] .table-place");
    const height = before ? before.offsetHeight : 0;
    fragment.innerHTML = fragment.dataset.html;
    fragment.barometerHtml = fragment.dataset.html;
    fragment.querySelectorAll("details").forEach(function (part) { part.open = part.matches(".card-fold[open]") || open.includes(part.className) || unfolded.has(name(part)); });
    const place = fragment.querySelector(".table-of[open] .table-place");
    if (place) {
      place.style.minHeight = height + "px";
      bring(place);
    }
  }

  async function bring(place) {
    if (place.barometerAsked || place.querySelector("table")) {
      return;
    }
    place.barometerAsked = true;
    place.setAttribute("aria-busy", "true");
    try {
      place.innerHTML = await window.barometerAsking.html(place.dataset.source);
    } catch {
      window.barometerAsking.failed(place, place.closest(".table-of").dataset.failed, function () { bring(place); });
      place.barometerAsked = false;
    }
    place.removeAttribute("aria-busy");
    place.style.minHeight = "";
  }

  new MutationObserver(function () {
    document.querySelectorAll("[data-html]").forEach(function (fragment) {
      if (fragment.barometerHtml !== fragment.dataset.html) {
        fill(fragment);
      }
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-html"] });

  document.addEventListener("toggle", function (event) {
    if (event.target.isConnected && name(event.target)) {
      unfolded[event.target.open ? "add" : "delete"](name(event.target));
    }
    if (event.target.matches(".table-of[open]")) {
      const place = event.target.querySelector(".table-place");
      if (place.querySelector("[role=alert]")) {
        place.replaceChildren();
      }
      bring(place);
    }
  }, true);

  function shut(menu) {
    if (menu.contains(document.activeElement)) {
      menu.querySelector("summary").focus({ preventScroll: true });
    }
    menu.open = false;
  }

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.offer[open]").forEach(function (menu) {
      if (!menu.contains(event.target) || event.target.closest(".offer li > *")) {
        shut(menu);
      }
    });
  });

  /* What an open menu lies over cannot be reached until it is shut, which leaving it does. */
  document.addEventListener("toggle", function (event) {
    const folds = event.target.matches("details.offer") && event.target.closest(".fragment").querySelector(".folds");
    if (folds) {
      folds.inert = Boolean(event.target.closest(".fragment").querySelector(".offer[open]"));
    }
  }, true);

  document.addEventListener("focusin", function (event) {
    document.querySelectorAll("details.offer[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });

  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest && event.target.closest("details.offer[open]");
    if (menu) {
      shut(menu);
    }
  });
})();
