/* Where the view for paper cannot be fetched, the charts of the page are printed (print.css): as wide as they were laid out, on a sheet
   that takes them, and what was drawn for a dark ground in colours turned round, so that light letters and marks are dark on white. */
(function () {
  "use strict";

  const PRINT = window.matchMedia("print");
  const SHEET = 703;
  const UPRIGHT = 816;
  /* Inverted, and the hue turned back: what filter: invert(1) hue-rotate(180deg) does, which would make a picture of the letters. */
  const TURN = [[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]];
  const COLOUR = /(\d+), (\d+), (\d+)/;
  const onScreen = new Map();
  const widths = new Map();

  function turned(colour) {
    return colour.replace(COLOUR, function (_, ...told) {
      const light = told.slice(0, 3).map(function (each) { return 255 - each; });
      return TURN.map(function (row) {
        const level = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
        return Math.round(Math.min(Math.max(level, 0), 255));
      }).join(", ");
    });
  }

  function turn(part) {
    const before = onScreen.get(part) || {};
    ["fill", "stroke"].forEach(function (name) {
      const colour = part.style[name];
      if (COLOUR.test(colour) && !(before[name] && before[name].paper === colour)) {
        part.style[name] = turned(colour);
        before[name] = { screen: colour, paper: part.style[name] };
        onScreen.set(part, before);
      }
    });
  }

  function fit(chart) {
    const laidOut = chart.layout.xaxis.range[1];
    const width = Math.max(laidOut, SHEET);
    if (chart.layout.width !== width) {
      widths.set(chart, widths.get(chart) || chart.layout.width);
      window.Plotly.relayout(chart, { width });
    }
    chart.style.setProperty("--shape", width + " / " + chart.layout.height);
    return laidOut;
  }

  function prepare() {
    if (document.getElementById("paper")) {
      return;
    }
    const laidOut = [...document.querySelectorAll(".js-plotly-plot")].map(fit);
    document.documentElement.classList.toggle("drawn-wide", Math.max(...laidOut) > UPRIGHT);
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) {
      drawn.setAttribute("viewBox", ["0 0", drawn.getAttribute("width"), drawn.getAttribute("height")].join(" "));
    });
    if (window.barometerScreen && window.barometerScreen.dark) {
      document.querySelectorAll(".js-plotly-plot .main-svg [style]").forEach(turn);
    }
  }

  function restore() {
    onScreen.forEach(function (before, part) {
      Object.entries(before).forEach(function ([name, colour]) {
        if (part.style[name] === colour.paper) {
          part.style[name] = colour.screen;
        }
      });
    });
    onScreen.clear();
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) { drawn.removeAttribute("viewBox"); });
    widths.forEach(function (width, chart) { window.Plotly.relayout(chart, { width }); });
    widths.clear();
  }

  PRINT.addEventListener("change", function () { PRINT.matches ? prepare() : restore(); });
  new MutationObserver(function () {
    if (PRINT.matches) {
      prepare();
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["width"] });
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
})();
