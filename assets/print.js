/* Where the view for paper cannot be fetched, the charts of the page are printed: scaled to the sheet, and dark on white (print.css). */
(function () {
  "use strict";

  function prepare() {
    document.documentElement.classList.toggle("drawn-dark", Boolean(window.barometerScreen && window.barometerScreen.dark));
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) {
      drawn.setAttribute("viewBox", ["0 0", drawn.getAttribute("width"), drawn.getAttribute("height")].join(" "));
    });
  }

  function restore() {
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach(function (drawn) { drawn.removeAttribute("viewBox"); });
  }

  window.matchMedia("print").addEventListener("change", function (print) { print.matches ? prepare() : restore(); });
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
})();
