/* Everything without a mouse: the values of a chart as a list, and the focus where a change takes away what had it. */
(function () {
  "use strict";

  const PAGE = 10;
  let typed = "";
  let typedAt = 0;
  let focusPath = [];
  const held = {};

  /* --- The values of a chart --- */

  function plain(html) {
    const text = html.replace(/<br>/g, "; ").replace(/<[^>]*>/g, "");
    return text.includes("&") ? new DOMParser().parseFromString(text, "text/html").body.textContent : text;
  }

  /* The values of a chart in the order of reading, which the server tells: each as [trace, point]. */
  function values(chart) {
    return (chart.layout.meta ? chart.layout.meta.values : []).map(function ([curve, point]) {
      const trace = chart.data[curve];
      return { curve, point, position: trace.customdata[point], text: plain(trace.hovertext[point]) };
    });
  }

  function chartOf(list) {
    return list.closest("figure").querySelector(".js-plotly-plot");
  }

  /* The list is made anew with every drawing; the value in hand stays in hand where it is still there. */
  function build(list, chart) {
    const found = values(chart);
    const at = found.findIndex(function (mark) { return mark.position === held[list.dataset.values]; });
    list.barometerMarks = found;
    list.replaceChildren(...found.map(function (mark, index) {
      const option = document.createElement("div");
      option.id = list.dataset.values + "-value-" + index;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = mark.text;
      return option;
    }));
    const filled = found.length > 0;
    [["role", "listbox"], ["tabindex", "0"]].forEach(function (pair) {
      filled ? list.setAttribute(pair[0], pair[1]) : list.removeAttribute(pair[0]);
    });
    // What the list tells in order, the drawing would tell again in pieces.
    chart.querySelectorAll(".main-svg").forEach(function (drawing) { drawing.setAttribute("aria-hidden", String(filled)); });
    choose(list, Math.max(at, 0));
  }

  function choose(list, at) {
    const options = list.children;
    const before = list.querySelector("[aria-selected=true]");
    list.barometerAt = Math.min(Math.max(at, 0), options.length - 1);
    const option = options[list.barometerAt];
    if (before) {
      before.setAttribute("aria-selected", "false");
    }
    if (option) {
      held[list.dataset.values] = list.barometerMarks[list.barometerAt].position;
      option.setAttribute("aria-selected", "true");
      list.setAttribute("aria-activedescendant", option.id);
    }
    show(list, document.activeElement === list);
  }

  /* The mark of the value in hand tells itself in the chart, too. */
  function show(list, shown) {
    const chart = chartOf(list);
    const mark = list.barometerMarks && list.barometerMarks[list.barometerAt];
    if (!chart || !chart.calcdata || !mark) {
      return;
    }
    if (shown) {
      window.Plotly.Fx.hover(chart, [{ curveNumber: mark.curve, pointNumber: mark.point }]);
    } else {
      window.Plotly.Fx.unhover(chart);
    }
  }

  function openCard(list) {
    window.dash_clientside.set_props("figure", { data: { figure: list.barometerMarks[list.barometerAt].position, at: Date.now() } });
  }

  function typing() {
    return Date.now() - typedAt < 700;
  }

  /* Typed letters lead to the next value that begins with them. */
  function seek(list, letter) {
    typed = typing() ? typed + letter : letter;
    typedAt = Date.now();
    const found = list.barometerMarks;
    const from = list.barometerAt + (typed.length > 1 ? 0 : 1);
    const order = found.map(function (_, step) { return (from + step) % found.length; });
    return order.find(function (at) { return found[at].text.toLowerCase().startsWith(typed); });
  }

  function walk(event, list) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity };
    if (event.ctrlKey || event.metaKey || event.altKey || !list.barometerMarks || !list.barometerMarks.length) {
      return;
    }
    if (event.key in steps) {
      choose(list, list.barometerAt + steps[event.key]);
    } else if (event.key === "Enter" || (event.key === " " && !typing())) {
      openCard(list);
    } else if (event.key === "Escape") {
      show(list, false);
    } else if (event.key.length === 1) {
      const at = seek(list, event.key.toLowerCase());
      choose(list, at === undefined ? list.barometerAt : at);
    } else {
      return;
    }
    event.preventDefault();
  }

  document.addEventListener("click", function (event) {
    const option = event.target.closest(".values [role=option]");
    if (option) {
      choose(option.parentNode, Array.from(option.parentNode.children).indexOf(option));
      openCard(option.parentNode);
    }
  });

  document.addEventListener("keydown", function (event) {
    const list = event.target.closest && event.target.closest(".values");
    if (list) {
      walk(event, list);
    }
  });

  /* --- Focus --- */

  ["focusin", "focusout"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.matches(".values")) {
        show(event.target, kind === "focusin");
      }
      if (kind === "focusin") {
        focusPath = [];
        for (let part = event.target; part && part !== document.body; part = part.parentElement) {
          focusPath.push(part);
        }
      }
    });
  });

  /* Where a change takes away what had the focus, its like gets it, else its group or the charts: not the top of the page. */
  function restoreFocus() {
    const lost = focusPath[0];
    if (!lost || lost.isConnected || document.activeElement !== document.body) {
      return;
    }
    const near = focusPath.find(function (part) { return part.isConnected; });
    const section = focusPath.find(function (part) { return part.matches("section[id]"); });
    const now = section && document.getElementById(section.id);
    const group = near && near.closest("fieldset");
    let next = group && group.querySelector("input, a");
    if (near && near.closest("main")) {
      next = document.getElementById("content");
      if (now && lost.matches(".values")) {
        next = now.querySelector(".values") || next;
        if (next.matches(".values:not([role])")) {
          return;
        }
      } else if (now) {
        const like = Array.from(now.querySelectorAll(lost.tagName)).find(function (part) { return part.textContent === lost.textContent; });
        next = like || (lost.closest(".more") && now.querySelector(".more a")) || next;
      }
    }
    focusPath = [];
    if (next) {
      next.focus({ preventScroll: true });
    }
  }

  window.barometerAltered(function () {
    restoreFocus();
    document.querySelectorAll(".values").forEach(function (list) {
      const chart = chartOf(list);
      if (chart && chart.on && !chart.barometerListed) {
        chart.barometerListed = true;
        chart.on("plotly_afterplot", function () {
          build(chart.closest("figure").querySelector(".values"), chart);
        });
        if (chart.calcdata) {
          build(list, chart);
        }
      }
    });
  });
})();
