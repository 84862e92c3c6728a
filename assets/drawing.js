/* Draws the charts of the page with plotly.js, which is loaded for the first. What a reader sees change changes at once; charts that
   are new come one a task, those in sight first, so that the page answers in between, and others when they come near. The rest is
   drawn in idle moments, once the reader has stirred and for a while has asked for nothing: until its turn a chart stands as the
   first response has it, or as it was. */
(function () {
  "use strict";

  const STANDING = "standing";
  const PENDING = "dash-graph--pending";
  const NEAR = 200;
  const REST = 1000;
  const PATIENCE = 500;
  const STIRS = ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin"];
  const waiting = new Map();
  const inSight = new Set();
  const idle = window.requestIdleCallback || window.setTimeout;
  const nearing = new IntersectionObserver(turn, { rootMargin: NEAR + "px" });
  const seeing = new IntersectionObserver(function (all) {
    all.forEach(({ target, isIntersecting }) => inSight[isIntersecting ? "add" : "delete"](target));
  });
  let library = null;
  let planned = 0;
  let resting = 0;
  let asked = 0;
  let stirred = false;

  function load() {
    library ??= new Promise(function (resolve) {
      const script = document.createElement("script");
      script.src = document.body.dataset.plotly;
      script.addEventListener("load", function () { window.setTimeout(resolve); });
      document.head.append(script);
    });
    return library;
  }

  function isWithin(place, margin) {
    const box = place.getBoundingClientRect();
    return box.bottom > -margin && box.top < window.innerHeight + margin;
  }

  /* The chart that comes next: one in sight, else one near; of the others any. */
  function nearest() {
    const all = Array.from(waiting.keys());
    return all.find((place) => isWithin(place, 0)) || all.find((place) => isWithin(place, NEAR));
  }

  function drawNow(place) {
    const { figure, config } = waiting.get(place);
    waiting.delete(place);
    nearing.unobserve(place);
    // Plotly writes into what it is given: the page keeps what the server has said.
    const drawn = window.Plotly.react(place, { data: figure.data, layout: structuredClone(figure.layout), config });
    place.querySelectorAll(":scope > ." + STANDING).forEach((part) => part.remove());
    place.style.minHeight = "";
    place.classList.remove(PENDING);
    return drawn;
  }

  /* Draws the next chart that is near, or plans the others. */
  async function turn() {
    const near = nearest();
    if (near && !planned) {
      planned = 1;
      await load();
      planned = window.setTimeout(function () {
        planned = 0;
        const next = nearest();
        if (next) {
          drawNow(next);
        }
        turn();
      });
    } else if (!near && waiting.size && stirred) {
      window.clearTimeout(resting);
      resting = window.setTimeout(() => idle(rest, { timeout: PATIENCE }), Math.max(asked + REST - Date.now(), 0));
    }
  }

  /* Draws a chart that is out of sight, where nothing was asked for meanwhile. */
  async function rest() {
    if (Date.now() - asked >= REST && waiting.size) {
      await load();
      const [place] = waiting.keys();
      if (place) {
        drawNow(place);
      }
    }
    turn();
  }

  function stir() {
    stirred = true;
    STIRS.forEach((name) => window.removeEventListener(name, stir, true));
    turn();
  }

  STIRS.forEach((name) => window.addEventListener(name, stir, { capture: true, passive: true }));

  function isDrawn(place) {
    return place.classList.contains("js-plotly-plot");
  }

  /* Where a chart stands is not measured here, which would lay out the page in the middle of its change. */
  function draw(place, figure, config) {
    asked = Date.now();
    waiting.set(place, { figure, config });
    seeing.observe(place);
    if (isDrawn(place) && inSight.has(place)) {
      drawNow(place);
      return;
    }
    if (!isDrawn(place)) {
      place.style.minHeight = figure.layout.height + "px";
    }
    place.classList.add(PENDING);
    nearing.observe(place);
    window.setTimeout(turn);
  }

  function drop(place) {
    waiting.delete(place);
    inSight.delete(place);
    [nearing, seeing].forEach((observer) => observer.unobserve(place));
    if (isDrawn(place)) {
      window.Plotly.purge(place);
    }
  }

  /* Charts that wait get what the first response shows of them. */
  window.barometerStanding = function (prerendered) {
    waiting.forEach(function (_, place) {
      const theme = place.closest("section[id]");
      const still = theme && Array.from(prerendered.querySelectorAll("#" + CSS.escape(theme.id) + " .chart .drawn > svg"))
        .find((each) => each.getClientRects().length);
      if (still) {
        const part = document.createElement("div");
        part.className = STANDING;
        part.append(still);
        place.append(part);
      }
    });
  };

  window.barometerDrawing = { draw, drop, isBusy: () => Boolean(nearest()) };
})();
