/* The first response shows the page until the app has drawn its own; who has moved on it already keeps focus and position. */
(function () {
  "use strict";

  const prerendered = document.getElementById("prerendered");
  const form = prerendered && prerendered.querySelector("form.filter-row");
  const first = form && given();
  let chosen = false;

  /* Name -> the values of the form under it, as an address writes them. */
  function given() {
    const values = new Map();
    form.querySelectorAll("input[name]").forEach(function (input) { values.set(input.name, ""); });
    new FormData(form).forEach(function (value, name) {
      values.set(name, [values.get(name), value].filter(Boolean).join("~"));
    });
    return values;
  }

  /* The address with what was chosen in the first response: it is asked of the app once that stands. */
  function search() {
    const asked = new Map(new URLSearchParams(window.location.search));
    given().forEach(function (value, name) {
      if (value !== first.get(name)) {
        asked.set(name, value || "none");
      }
    });
    return "?" + Array.from(asked, function (pair) { return pair.map(encodeURIComponent).join("="); }).join("&");
  }

  if (form) {
    form.addEventListener("change", function () { chosen = true; });
  }

  /* What stands in the app for a part of the prerendered page: the same id, else the same text within the same theme. */
  function counterpart(part, app) {
    const theme = part.closest("section[id]");
    const within = theme && app.querySelector("#" + CSS.escape(theme.id)) || app;
    const alike = Array.from(within.querySelectorAll(part.tagName)).find(function (other) {
      return part.id ? other.id === part.id : other.textContent === part.textContent;
    });
    return alike || (part === theme && within !== app ? within : null);
  }

  /* A pair [part, its counterpart] that a reader who has scrolled has in sight: what has the focus, else a text or a theme. */
  function inSight(app) {
    const parts = window.scrollY ? [
      document.activeElement,
      ...prerendered.querySelectorAll(".theme :is(h1, h2, p, a, summary)"),
      ...prerendered.querySelectorAll(".theme")
    ] : [];
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      const other = prerendered.contains(part) && box.bottom > 0 && box.top < window.innerHeight && counterpart(part, app);
      if (other) {
        return [part, other];
      }
    }
    return null;
  }

  const waiting = new MutationObserver(function () {
    const app = document.getElementById("react-entry-point");
    if (!app.querySelector("#content :is(.main-svg, .figures table, .empty)")) {
      return;
    }
    waiting.disconnect();
    const here = document.activeElement;
    const next = prerendered.contains(here) && counterpart(here, app);
    const anchor = inSight(app);
    const top = anchor && anchor[0].getBoundingClientRect().top;
    const wanted = chosen && search();
    document.body.classList.remove("prerendered");
    prerendered.remove();
    if (wanted) {
      window.dash_clientside.set_props("location", { search: wanted });
    }
    if (next) {
      next.focus({ preventScroll: true });
    }
    // Charts above are drawn for this window now, and so are of another height; they have it when the frame is done.
    const hold = function () {
      window.scrollBy({ top: anchor[1].getBoundingClientRect().top - top, behavior: "instant" });
    };
    if (anchor) {
      hold();
      window.requestAnimationFrame(hold);
    }
  });
  if (prerendered) {
    waiting.observe(document.body, { childList: true, subtree: true });
  }
})();
