/* Tells what has to know of it that the page has changed: one observer for all, which rests while Plotly draws, since an observer costs
   time with every element that is put in place. What changes within a drawing is told to none. */
(function () {
  "use strict";

  const WATCHED = ["class", "open", "data-html", "data-told", "data-head"];
  const listeners = [];
  const observer = new MutationObserver(heard);
  let rests = false;

  function heard(changes) {
    if (!changes.every(function (change) { return change.target instanceof SVGElement; })) {
      tell(changes);
    }
  }

  /* ``changes`` are null where anything may have changed. */
  function tell(changes) {
    listeners.forEach(function (listener) {
      try {
        listener(changes);
      } catch (error) {
        window.reportError(error);
      }
    });
  }

  function observe() {
    observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: WATCHED });
  }

  /* Until what runs now is done. */
  function rest() {
    if (!rests) {
      rests = true;
      observer.disconnect();
      queueMicrotask(function () {
        rests = false;
        observe();
        tell(null);
      });
    }
  }

  observe();
  window.barometerAltered = function (listener) { listeners.push(listener); };
  window.barometerAltered.rest = rest;
})();
