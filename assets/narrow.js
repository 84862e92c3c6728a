/* A list too long to look through shows what fits the words typed above it; nothing is chosen or lifted by that. */
(function () {
  "use strict";

  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  document.addEventListener("input", function (event) {
    const list = event.target.type === "search" && event.target.closest(".narrowed");
    if (!list) {
      return;
    }
    const words = folded(event.target.value).split(/\s+/);
    const choices = Array.from(list.querySelectorAll(".form-check"));
    choices.forEach(function (choice) {
      const name = folded(choice.querySelector("label").firstChild.textContent);
      choice.hidden = !words.every(function (word) { return name.includes(word); });
    });
    const found = choices.some(function (choice) { return !choice.hidden; });
    list.querySelector("[role=status]").textContent = found ? "" : list.dataset.unfound.replace("{query}", event.target.value.trim());
  });
})();
