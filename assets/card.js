/* The card of a figure: its address, the way back, and a second figure to compare with. */
(function () {
  "use strict";

  const NAME = "figure=";
  let isSeen = false;
  let isRestored = false;
  let timer = 0;
  let asked = 0;

  /* What the address says of figures; blank where it names none. */
  function named() {
    const part = window.location.search.slice(1).split("&").find(function (each) { return each.startsWith(NAME); });
    return part ? decodeURIComponent(part.slice(NAME.length)) : "";
  }

  /* The address of the page with other figures opened, or none. */
  function addressWith(figures) {
    const parts = window.location.search.slice(1).split("&").filter(function (each) { return each && !each.startsWith(NAME); });
    const all = figures ? [...parts, NAME + encodeURIComponent(figures).replaceAll("%3A", ":").replaceAll("%3D", "=").replaceAll("%7E", "~")] : parts;
    return window.location.pathname + (all.length ? "?" + all.join("&") : "");
  }

  /* An open card has an address of its own, and Back closes it. */
  function cardSeen(isOpen, search) {
    if (document.documentElement.classList.contains("embed")) {
      return null;
    }
    if (isOpen && search && decodeURIComponent(search) !== decodeURIComponent(window.location.search)) {
      const change = isRestored || named() ? "replaceState" : "pushState";
      window.history[change]({ card: true }, "", window.location.pathname + search);
    } else if (!isOpen && isSeen && named()) {
      if (window.history.state && window.history.state.card) {
        window.history.back();
      } else {
        window.history.replaceState(window.history.state, "", addressWith(""));
        // The page was opened at this address: what Dash keeps of it would come back with the next change.
        window.dash_clientside.set_props("location", { href: window.location.href, search: window.location.search });
      }
    }
    isRestored = false;
    isSeen = Boolean(isOpen);
    return null;
  }

  window.addEventListener("popstate", function () {
    const figures = named();
    if (figures) {
      isRestored = true;
      window.dash_clientside.set_props("figure", { data: { figure: figures, at: Date.now() } });
    } else if (isSeen) {
      window.dash_clientside.set_props("card", { is_open: false });
    }
  });

  function fetched(path, chooser, values) {
    const query = new URLSearchParams(chooser.dataset.query);
    Object.entries({ first: chooser.dataset.compare, ...values }).forEach(function ([name, value]) { query.set(name, value); });
    return window.barometerAsking.html(document.body.dataset.root + path + "?" + query);
  }

  function failed(chooser, again) {
    window.barometerAsking.failed(chooser, chooser.dataset.failed, again);
  }

  function select(chooser) {
    return chooser.querySelector("select");
  }

  /* What can be said of the two figures; an answer that a later choice has overtaken is dropped. After one that failed stands what
     stood before. */
  async function compare(chooser, second) {
    const result = chooser.parentNode.querySelector(".compare-result");
    const mine = asked += 1;
    chooser.querySelectorAll(".failed").forEach(function (said) { said.remove(); });
    select(chooser).value = second;
    if (!second) {
      result.replaceChildren();
      result.removeAttribute("aria-busy");
      window.history.replaceState(window.history.state, "", addressWith(chooser.dataset.compare));
      return;
    }
    result.setAttribute("aria-busy", "true");
    try {
      const text = await fetched("fragment/comparison", chooser, { second });
      if (mine === asked && chooser.isConnected) {
        result.innerHTML = text;
        window.history.replaceState(window.history.state, "", addressWith(chooser.dataset.compare + "~" + second));
        result.scrollIntoView({ block: "nearest" });
      }
    } catch {
      if (mine === asked && chooser.isConnected) {
        select(chooser).value = named().split("~")[1] || "";
        failed(chooser, function () { compare(chooser, second); });
      }
    }
    if (mine === asked) {
      result.removeAttribute("aria-busy");
    }
  }

  async function find(chooser, words) {
    const still = function () { return chooser.isConnected && chooser.querySelector("input").value === words; };
    try {
      const text = await fetched("fragment/figures", chooser, { find: words });
      if (still()) {
        select(chooser).innerHTML = text;
        // What fits is seen while it is typed for.
        words.trim() ? select(chooser).setAttribute("size", "7") : select(chooser).removeAttribute("size");
      }
    } catch {
      if (still()) {
        failed(chooser, function () { find(chooser, words); });
      }
    }
  }

  document.addEventListener("change", function (event) {
    const chooser = event.target.matches(".compare-chooser select") && event.target.closest(".compare-chooser");
    if (chooser) {
      compare(chooser, event.target.value);
    }
  });

  document.addEventListener("input", function (event) {
    const chooser = event.target.matches(".compare-chooser input") && event.target.closest(".compare-chooser");
    if (chooser) {
      window.clearTimeout(timer);
      timer = window.setTimeout(find, 200, chooser, event.target.value);
    }
  });

  /* A figure listed as comparable, or not, is compared in place. */
  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-beside]");
    const chooser = link && link.closest(".fragment") && link.closest(".fragment").querySelector(".compare-chooser");
    if (chooser && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      compare(chooser, link.dataset.beside);
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    barometer: Object.assign({}, (window.dash_clientside || {}).barometer, { cardSeen })
  });
})();
