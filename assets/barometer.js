/* What only the browser can do: measure its screen, follow the colour scheme of the address, open a card, print. */
(function () {
  "use strict";

  const STEP = 8;
  const USUAL = 16;
  const LETTERS = 7.506;
  const SPREAD = 1.05;
  const letters = document.createElement("span");
  letters.className = "letters";
  letters.textContent = "000 000 000 000";
  letters.setAttribute("aria-hidden", "true");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const COLOUR_SCHEMES = ["light", "dark"];
  let timer = 0;
  let printed = true;

  /* How much wider than usual letters of one size stand: digits and spaces of Arial are this many times as wide as high. */
  function spread() {
    if (!letters.isConnected) {
      document.body.append(letters);
    }
    const times = letters.getBoundingClientRect().width / parseFloat(getComputedStyle(letters).fontSize) / LETTERS;
    return times < SPREAD ? 1 : Math.round(times * 100) / 100;
  }

  /* The width that a chart can take, how much larger and wider than usual the browser writes, and whether the page is dark: by its
     address, else by the system. */
  function screen() {
    const content = document.getElementById("content");
    const scheme = document.documentElement.dataset.colourScheme;
    return content && {
      width: Math.floor(content.clientWidth / STEP) * STEP,
      scale: parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL,
      spread: spread(),
      dark: scheme ? scheme === "dark" : DARK.matches
    };
  }

  function reportSize() {
    const now = screen();
    const before = window.barometerScreen;
    // Until the app stands, it has measured nothing.
    if (window.dash_clientside.set_props && before && now && JSON.stringify(now) !== JSON.stringify(before)) {
      window.barometerScreen = now;
      window.dash_clientside.set_props("width", { data: now });
    }
  }

  /* The colour scheme follows the address, which changes without a new page. */
  function applyColourScheme() {
    const named = new URLSearchParams(window.location.search).get("look");
    const scheme = COLOUR_SCHEMES.includes(named) ? named : undefined;
    if (scheme === document.documentElement.dataset.colourScheme) {
      return;
    }
    if (scheme) {
      document.documentElement.dataset.colourScheme = scheme;
    } else {
      delete document.documentElement.dataset.colourScheme;
    }
    queueMicrotask(reportSize);
  }

  window.addEventListener("popstate", applyColourScheme);
  ["pushState", "replaceState"].forEach(function (name) {
    const change = window.history[name];
    window.history[name] = function (...what) {
      change.apply(this, what);
      applyColourScheme();
    };
  });

  DARK.addEventListener("change", reportSize);
  new ResizeObserver(reportSize).observe(letters);
  window.addEventListener("resize", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(reportSize, 200);
  });

  document.addEventListener("click", function (event) {
    const figure = event.target.closest("[data-figure]");
    if (figure) {
      open(Number(figure.dataset.figure));
    }
    if (event.target.closest(".card-close")) {
      window.dash_clientside.set_props("card", { is_open: false });
    }
    const embed = event.target.closest("[data-embed]");
    if (embed) {
      window.dash_clientside.set_props("figure", { data: { embed: embed.dataset.embed, at: Date.now() } });
    }
  });

  function open(position) {
    window.dash_clientside.set_props("figure", { data: { figure: position, at: Date.now() } });
  }

  /* Whose mark is under the pointer, or has the focus, stands out: marks of every other series fade. */
  function mute(chart, name) {
    chart.querySelectorAll("g.trace").forEach(function (group) {
      const trace = group.__data__ && group.__data__[0] && group.__data__[0].trace;
      group.classList.toggle("muted", Boolean(name && trace && trace.customdata && trace.name !== name));
    });
  }

  /* A click on a mark opens its card; charts come and go with every change of the filters. */
  window.barometerAltered(function () {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      if (chart.on && !chart.barometerListens) {
        chart.barometerListens = true;
        chart.on("plotly_click", function (event) {
          const position = event.points[0].customdata;
          if (position !== undefined && position !== null) {
            open(position);
          }
        });
        chart.on("plotly_beforeplot", function () { window.barometerAltered.rest(); });
        chart.on("plotly_hover", function (event) { mute(chart, event.points[0].data.name); });
        chart.on("plotly_unhover", function () { mute(chart, null); });
      }
    });
  });

  /* Paper gets the view laid out for it: asked for and awaited, since printing goes on when this returns. */
  window.addEventListener("beforeprint", function () {
    if (document.documentElement.classList.contains("embed")) {
      return;  // A frame is printed with its host, as it stands.
    }
    document.querySelectorAll("#paper").forEach(function (paper) { paper.remove(); });
    const paper = document.body.appendChild(document.createElement("div"));
    paper.id = "paper";
    const request = new XMLHttpRequest();
    request.open("GET", document.body.dataset.root + "paper" + window.location.search, false);
    try {
      request.send();
    } catch {
      request.abort();
    }
    printed = request.status === 200 && window.barometerAsking.isPart(request.responseText);
    if (printed) {
      paper.innerHTML = request.responseText;
    } else {
      paper.remove();
    }
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("#paper").forEach(function (paper) { paper.remove(); });
    if (printed) {
      window.barometerAsking.forget("paper");
    } else {
      window.barometerAsking.miss("paper", function () { window.print(); }, false);
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    barometer: Object.assign({}, (window.dash_clientside || {}).barometer, {
      measure: function () {
        window.barometerScreen = screen();
        return window.barometerScreen;
      }
    })
  });
})();
