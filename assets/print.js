/* Where the view for paper cannot be fetched, the charts of the page are printed (print.css): as wide as they were laid out, on a sheet
   that takes them, and what was drawn for a dark ground in colours turned round, so that light letters and marks are dark on white. Letters within a bar or a
   tile whose turned colours are too near each other are black or white. */
(function () {
  "use strict";

  const PRINT = window.matchMedia("print");
  const SHEET = 703;
  const UPRIGHT = 816;
  /* Inverted, and the hue turned back: what filter: invert(1) hue-rotate(180deg) does, which would make a picture of the letters. */
  const TURN = [[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]];
  const COLOUR = /(\d+), (\d+), (\d+)/;
  /* WCAG contrast that letters need, and the lightness of a ground on which black and white have the same. */
  const READ = 4.5;
  const HALFWAY = 0.179;
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

  /* Relative luminance, 0 to 1. */
  function lightness(colour) {
    const [red, green, blue] = COLOUR.exec(colour).slice(1).map(function (told) {
      const level = told / 255;
      return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function covers(shape, x, y) {
    const box = shape.getBoundingClientRect();
    return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom
      && shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
  }

  function read(chart) {
    const shapes = [...chart.querySelectorAll(".shapelayer path, .bars path")].filter(function (shape) {
      return COLOUR.test(shape.style.fill) && shape.style.fillOpacity !== "0";
    }).reverse();
    chart.querySelectorAll(".textpoint [style]").forEach(function (letters) {
      const before = (onScreen.get(letters) || {}).fill;
      const box = letters.getBoundingClientRect();
      const ground = before && shapes.find(function (shape) {
        return covers(shape, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
      });
      if (!ground) {
        return;
      }
      const [ink, under] = [lightness(before.paper), lightness(ground.style.fill)];
      if ((Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05) < READ) {
        letters.style.fill = under > HALFWAY ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)";
        before.paper = letters.style.fill;
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
      document.querySelectorAll(".js-plotly-plot").forEach(read);
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

  /* What is drawn while a printer's page is shown is fitted to it. */
  const drawn = new MutationObserver(prepare);

  function follow() {
    if (PRINT.matches) {
      drawn.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["width"] });
      prepare();
    } else {
      drawn.disconnect();
      restore();
    }
  }

  PRINT.addEventListener("change", follow);
  if (PRINT.matches) {
    follow();
  }
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
})();
