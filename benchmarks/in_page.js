/* Measures in the page, for ours and every other alike: when charts stand, and when those that a click changes are painted.
   It is put into a page before its own scripts; `watched` says what to look for: name -> [selector, how many]. */
(function (watched) {
  "use strict";

  const PLOT = ".js-plotly-plot";
  const QUIET = 600;
  const LIMIT = 20000;
  const roots = [document];
  const times = {};
  let click = null;

  /* Shadow trees are looked into as well. */
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    observer.observe(root, OBSERVED);
    return root;
  };

  function all(selector) {
    return roots.flatMap(function (root) { return Array.from(root.querySelectorAll(selector)); });
  }

  function isSeen(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getBoundingClientRect().width > 0;
  }

  /* What a frame finds is on screen when the next one begins. */
  function look() {
    const missing = Object.entries(watched).filter(function ([name]) { return !(name in times); });
    const found = missing.filter(function ([, [selector, number]]) { return all(selector).filter(isSeen).length >= number; });
    requestAnimationFrame(function () {
      const now = performance.now();
      found.forEach(function ([name]) { times[name] = times[name] || now; });
      if (missing.length) {
        look();
      }
    });
  }

  /* What the charts show, to tell whether a click has changed it. */
  function shown() {
    return all(PLOT + " .main-svg").map(function (drawing) {
      return drawing.textContent + Array.from(drawing.querySelectorAll("path[d]"), function (path) { return path.getAttribute("d"); }).join();
    }).join();
  }

  function isDrawing(node) {
    return node.nodeType === Node.ELEMENT_NODE && (node.matches(".main-svg") || node.querySelector(".main-svg"));
  }

  /* Whether a change is one of what a chart shows, not of what lies over it for the pointer. */
  function isPainting(change) {
    const target = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
    const inside = target && target.closest(".main-svg");
    return inside ? !target.closest(".draglayer, .hoverlayer") : Array.from(change.addedNodes).some(isDrawing);
  }

  const OBSERVED = { subtree: true, childList: true, attributes: true, characterData: true };
  const observer = new MutationObserver(function (changes) {
    if (!click || !click.began || !changes.some(isPainting)) {
      return;
    }
    const mine = click;
    mine.changed = performance.now();
    const turn = ++mine.turn;
    requestAnimationFrame(function () {
      requestAnimationFrame(function () {
        if (mine.turn === turn) {
          mine.ended = performance.now();
        }
      });
    });
  });
  observer.observe(document, OBSERVED);

  window.addEventListener("pointerdown", function (event) {
    if (click && !click.began) {
      click.began = event.timeStamp;
    }
  }, true);

  function pause(milliseconds) {
    return new Promise(function (resolve) { setTimeout(resolve, milliseconds); });
  }

  /* Milliseconds from the pointer that goes down to the frame after the last change of a chart, and how long answers were awaited. */
  async function painted() {
    const began = performance.now();
    while (performance.now() - began < LIMIT) {
      await pause(50);
      const quiet = click.ended && performance.now() - click.changed > QUIET;
      if (quiet && shown() !== click.before) {
        const asked = performance.getEntriesByType("resource").filter(function (entry) {
          return entry.startTime >= click.began && entry.startTime <= click.ended && entry.initiatorType === "fetch";
        });
        const awaited = asked.reduce(function (sum, entry) { return sum + entry.responseEnd - entry.startTime; }, 0);
        return { painted: click.ended - click.began, awaited };
      }
    }
    return { missing: click.began ? "the click changed no chart" : "the pointer did not reach the page" };
  }

  /* Keeps what Plotly is asked to draw: for each chart the latest of its arguments, as they were. */
  const drawn = new Map();
  function record() {
    ["react", "newPlot"].forEach(function (name) {
      const draw = window.Plotly[name];
      window.Plotly[name] = function (chart, ...what) {
        drawn.set(chart, structuredClone(what));
        return draw.call(this, chart, ...what);
      };
    });
  }

  function kept() {
    return Array.from(drawn).filter(function ([chart]) { return chart.isConnected; });
  }

  /* Milliseconds in which Plotly redraws charts in place, to the frame after. */
  async function redrawn(charts) {
    const copies = charts.map(function ([chart, what]) { return [chart, structuredClone(what)]; });
    await new Promise(requestAnimationFrame);
    const began = performance.now();
    await Promise.all(copies.map(function ([chart, what]) { return window.Plotly.react(chart, ...what); }));
    await new Promise(function (resolve) { requestAnimationFrame(function () { requestAnimationFrame(resolve); }); });
    return performance.now() - began;
  }

  window.bench = {
    times: function () { return { ...times, origin: performance.timeOrigin }; },
    arm: function () { click = { began: 0, ended: 0, changed: 0, turn: 0, before: shown() }; },
    painted,
    record,
    kept,
    redrawn,
  };
  look();
})(WATCHED);
