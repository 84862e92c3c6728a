/* Where the view for paper cannot be fetched, the charts of the page are printed: scaled to the sheet, and dark on white (print.css). */
(function () {
  "use strict";

  const PRINT = window.matchMedia("print");

  function prepare() {
    document.documentElement.classList.toggle("drawn-dark", Boolean(window.barometerScreen && window.barometerScreen.dark));
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) {
      drawn.setAttribute("viewBox", ["0 0", drawn.getAttribute("width"), drawn.getAttribute("height")].join(" "));
    });
  }

  function restore() {
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) { drawn.removeAttribute("viewBox"); });
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
