/* The first response shows the page until the app has drawn its own; who has moved on it already keeps focus and position. */
(function () {
  "use strict";

  const prerendered = document.getElementById("prerendered");
  const form = prerendered && prerendered.querySelector("form.filter-row");
  /* A page that is loaded anew shows its address, not what the browser remembers of controls that stood there before. */
  if (form && window.performance.getEntriesByType("navigation")[0]?.type === "reload") {
    form.reset();
  }
  /* Links to this view, but for what they change in it: its languages, colour schemes and chips, all or none of a filter. */
  const links = form ? Array.from(prerendered.querySelectorAll(".menu a, a.choose, a.chip"), (link) => [link, link.search]) : [];
  const written = links.find(function ([link]) { return link.hasAttribute("aria-current"); });
  const first = form && given(false);

  /* Name -> the values of the form under it, now or as it came, as an address writes them. */
  function given(now) {
    const values = new Map();
    form.querySelectorAll("input[name]").forEach(function (input) {
      const taken = input.type === "hidden" || input[now ? "checked" : "defaultChecked"];
      values.set(input.name, [values.get(input.name), taken && input.value].filter(Boolean).join("~"));
    });
    return values;
  }

  /* What was chosen in the first response, which a browser remembers beyond Back: name -> values. */
  function chosen() {
    return form ? Array.from(given(true)).filter(function ([name, value]) { return value !== first.get(name); }) : [];
  }

  /* The search of an address with what was chosen, but for what that address changes itself. */
  function withChosen(search, own = search) {
    const asked = new Map(new URLSearchParams(search));
    const before = new URLSearchParams(own);
    chosen().forEach(function ([name, value]) {
      if ((asked.get(name) ?? null) === before.get(name)) {
        asked.set(name, value || "none");
      }
    });
    return "?" + Array.from(asked, function (pair) { return pair.map(encodeURIComponent).join("="); }).join("&");
  }

  function follow() {
    links.forEach(function ([link, search]) { link.search = chosen().length ? withChosen(search, written[1]) : search; });
  }

  if (form && written) {
    form.addEventListener("change", follow);
    window.addEventListener("pageshow", follow);
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

  function takeOver(app) {
    const here = document.activeElement;
    const next = prerendered.contains(here) && counterpart(here, app);
    const anchor = inSight(app);
    const top = anchor && anchor[0].getBoundingClientRect().top;
    const wanted = chosen().length && withChosen(window.location.search);
    prerendered.querySelectorAll("section[id] > details[open]").forEach(function (fold) {
      const same = app.querySelector("#" + CSS.escape(fold.parentNode.id) + " > details");
      same?.setAttribute("open", "");
    });
    window.barometerStanding(prerendered);
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
  }

  /* In a task of its own: that in which the first chart is drawn is long enough. */
  const waiting = new MutationObserver(function () {
    const app = document.getElementById("react-entry-point");
    if (app.querySelector("#content :is(.main-svg, .figures table, .empty)")) {
      waiting.disconnect();
      window.setTimeout(takeOver, 0, app);
    }
  });
  if (prerendered) {
    waiting.observe(document.body, { childList: true, subtree: true });
  }
})();
