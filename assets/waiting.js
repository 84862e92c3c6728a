/* While an answer is awaited the page says so: aria-busy, and after a moment what stands is dimmed, until what comes is drawn.
   What is asked beside a view, as a card, shows a thin bar at the top of the window. */
(function () {
  "use strict";

  const DELAY = 150;
  const FRAMES = 3;
  let awaited = 0;
  let beside = 0;
  let timer = 0;
  let timerBeside = 0;

  /* Until the app stands, the first response does, which is no page that waits. */
  function stands() {
    return !document.body.classList.contains("prerendered");
  }

  function show() {
    const content = document.getElementById("content");
    if (content) {
      content.setAttribute("aria-busy", "true");
      window.clearTimeout(timer);
      const standing = stands();
      timer = window.setTimeout(function () { content.classList.toggle("waiting", standing); }, DELAY);
    }
  }

  /* What has come is drawn in the frames that follow. */
  function end(frames) {
    window.requestAnimationFrame(function () {
      const content = document.getElementById("content");
      if (awaited || !content) {
        return;
      }
      if (frames || window.barometerDrawing.isBusy()) {
        end(Math.max(frames - 1, 0));
        return;
      }
      window.clearTimeout(timer);
      content.classList.remove("waiting");
      content.removeAttribute("aria-busy");
    });
  }

  function showBeside() {
    const main = document.querySelector("#react-entry-point main");
    window.clearTimeout(timerBeside);
    if (main && beside) {
      main.setAttribute("aria-busy", "true");
      timerBeside = window.setTimeout(function () { document.documentElement.classList.toggle("asking", stands()); }, DELAY);
    } else if (main) {
      main.removeAttribute("aria-busy");
      document.documentElement.classList.remove("asking");
    }
  }

  /* Begins to wait for a view, or for something beside it; what it returns ends the wait. */
  window.barometerWaiting = function (isView) {
    if (isView) {
      awaited += 1;
      show();
      return function () {
        awaited -= 1;
        end(FRAMES);
      };
    }
    beside += 1;
    showBeside();
    return function () {
      beside -= 1;
      showBeside();
    };
  };
})();
