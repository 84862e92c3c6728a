/* Charts are drawn one a task, those in sight first, so that the page answers in between; until its turn a chart stands as the first
   response has it. */
(function () {
  "use strict";

  const STANDING = "standing";
  const PATIENCE = 500;
  const waiting = [];
  const idle = window.requestIdleCallback || window.setTimeout;

  function isInSight(chart) {
    const box = chart.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  }

  function next() {
    const at = Math.max(waiting.findIndex(({ chart }) => isInSight(chart)), 0);
    const [{ chart, draw }] = waiting.splice(at, 1);
    draw();
    chart.querySelectorAll(":scope > ." + STANDING).forEach((part) => part.remove());
    chart.style.minHeight = "";
    goOn();
  }

  function goOn() {
    if (waiting.some(({ chart }) => isInSight(chart))) {
      window.setTimeout(next);
    } else if (waiting.length) {
      idle(next, { timeout: PATIENCE });
    }
  }

  /* plotly.js as Dash calls it, but for charts that are drawn for the first time. */
  function takeTurns(plotly) {
    const draw = plotly.react;
    plotly.react = function (chart, figure, ...rest) {
      const now = () => draw.call(plotly, chart, figure, ...rest);
      if (chart._fullLayout || !figure?.layout?.height) {
        return now();
      }
      chart.style.minHeight = figure.layout.height + "px";
      return new Promise(function (resolve, reject) {
        const turn = () => (chart.isConnected ? now().then(resolve, reject) : resolve(chart));
        if (waiting.push({ chart, draw: turn }) === 1) {
          window.setTimeout(next);
        }
      });
    };
  }

  document.addEventListener("load", function (event) {
    if (event.target.tagName === "SCRIPT" && window.Plotly && !window.Plotly.barometerTurns) {
      window.Plotly.barometerTurns = true;
      takeTurns(window.Plotly);
    }
  }, true);

  /* Charts that wait get what the first response shows of them. */
  window.barometerStanding = function (prerendered) {
    waiting.forEach(function ({ chart }) {
      const theme = chart.closest("section[id]");
      const still = theme && Array.from(prerendered.querySelectorAll("#" + CSS.escape(theme.id) + " .chart .drawn > svg"))
        .find((each) => each.getClientRects().length);
      if (still) {
        const part = document.createElement("div");
        part.className = STANDING;
        part.append(still);
        chart.append(part);
      }
    });
  };
})();
