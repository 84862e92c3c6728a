/* What the page uses of Dash's components, under their names and with their properties: elements, what is chosen and typed, alerts,
   the dialog, the address and charts. The bundles that hold all of them are five hundred kilobytes of script to read at each visit;
   how many bytes these save, and that no component is missing, tests/test_components.py holds. */
(function () {
  "use strict";

  const OF_DASH = new Set(["setProps", "children", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state"]);
  const ADDRESS = ["pathname", "href", "hash", "search"];

  const make = (...what) => window.React.createElement(...what);

  function nothing() {
    return null;
  }

  /* --- Elements: their properties are attributes; none counts its clicks --- */

  function element(tag) {
    return function (props) {
      const attributes = Object.entries(props).filter(([name]) => !OF_DASH.has(name));
      return make(tag, Object.fromEntries(attributes), props.children);
    };
  }

  const elements = new Proxy({}, {
    get: (made, name) => (made[name] ??= element(String(name).toLowerCase()))
  });

  function alert({ id, color, children }) {
    return make("div", { id, role: "alert", className: "alert alert-" + color }, children);
  }

  /* A link to a view, which assets/links.js opens in place. */
  function link({ id, href, className, children }) {
    return make("a", { id, href, className, "data-view": "" }, children);
  }

  /* --- What is chosen and typed --- */

  function choices(type, isChosen, chosen) {
    return function ({ id, options = [], value, setProps }) {
      return make("div", { id }, options.map(function (option) {
        const name = id + "-choice-" + option.value;
        const change = () => setProps({ value: chosen(option.value, value) });
        const box = { id: name, type, value: option.value, checked: isChosen(option.value, value), className: "form-check-input", onChange: change };
        return make("div", { className: "form-check", key: option.value },
          make("input", box),
          make("label", { className: "form-check-label", htmlFor: name }, option.label));
      }));
    };
  }

  const isOneOf = (option, value) => (value || []).includes(option);
  const changed = (option, value) => (isOneOf(option, value) ? value.filter((each) => each !== option) : [...(value || []), option]);

  /* What is typed is told once nothing more comes for `debounce` seconds, or at once when the field is left. */
  function input({ id, type, value, placeholder, debounce, className, setProps }) {
    const { useEffect, useRef } = window.React;
    const field = useRef();
    const timer = useRef(0);
    const tell = function () {
      window.clearTimeout(timer.current);
      if (field.current && field.current.value !== (value ?? "")) {
        setProps({ value: field.current.value });
      }
    };
    const telling = useRef();
    telling.current = tell;
    useEffect(function () {
      if (field.current.value !== (value ?? "")) {
        field.current.value = value ?? "";
      }
    }, [value]);
    const later = function () {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => telling.current(), 1000 * debounce);
    };
    const whenEnter = (event) => event.key === "Enter" && tell();
    const own = { id, type, placeholder, ref: field, autoComplete: "off", className: "dash-input-element", onInput: later, onBlur: tell, onKeyDown: whenEnter };
    return make("div", { className: "dash-input-container " + className }, make("input", own));
  }

  /* --- The dialog: the browser keeps the focus in it and gives it back --- */

  function shown({ id, size, children, labelledby, setProps }) {
    const { useLayoutEffect, useRef } = window.React;
    const dialog = useRef();
    const pressed = useRef(false);
    const close = () => setProps({ is_open: false });
    useLayoutEffect(function () {
      const opened = dialog.current;
      const { overflow, paddingRight } = document.body.style;
      const bar = window.innerWidth - document.documentElement.clientWidth;
      // The dialog itself has the focus first, so that nothing in it is scrolled to.
      opened.firstChild.inert = true;
      opened.showModal();
      opened.firstChild.inert = false;
      document.body.style.overflow = "hidden";
      document.body.style.paddingRight = bar ? bar + "px" : paddingRight;
      return function () {
        Object.assign(document.body.style, { overflow, paddingRight });
        opened.close();
      };
    }, []);
    const own = {
      ref: dialog,
      className: "modal show",
      tabIndex: -1,
      "aria-labelledby": labelledby,
      onCancel: function (event) {
        event.preventDefault();
        close();
      },
      onMouseDown: (event) => { pressed.current = event.target === dialog.current; },
      onClick: (event) => { if (pressed.current && event.target === dialog.current) { close(); } }
    };
    const inner = make("div", { id, className: `modal-dialog modal-${size} modal-dialog-scrollable` }, make("div", { className: "modal-content" }, children));
    return window.ReactDOM.createPortal(make("dialog", own, inner), document.body);
  }

  function part(tag, className) {
    return ({ id, children, tag: named }) => make(named || tag, { id, className }, children);
  }

  /* --- The address: what the page shows, and where the browser is --- */

  function address(props) {
    const { useEffect, useLayoutEffect, useRef } = window.React;
    const last = useRef(props);
    useLayoutEffect(function () {
      const before = last.current;
      last.current = props;
      const open = ADDRESS.filter((name) => props[name] === undefined || props[name] === null);
      const moved = ADDRESS.filter((name) => !open.includes(name) && props[name] !== window.location[name] && props[name] !== before[name]);
      if (open.length) {
        props.setProps(Object.fromEntries(open.map((name) => [name, window.location[name]])));
      }
      if (moved.length) {
        window.history.pushState({}, "", moved.includes("href") ? props.href : props.pathname + (props.search ?? "") + (props.hash ?? ""));
      }
    });
    useEffect(function () {
      const follow = function () {
        const now = ADDRESS.filter((name) => last.current[name] !== window.location[name]);
        last.current.setProps(Object.fromEntries(now.map((name) => [name, window.location[name]])));
      };
      window.addEventListener("popstate", follow);
      return () => window.removeEventListener("popstate", follow);
    }, []);
    return null;
  }

  /* --- Charts: assets/drawing.js draws them, when and where they are near --- */

  function graph({ id, figure, config, className }) {
    const { useLayoutEffect, useRef } = window.React;
    const place = useRef();
    useLayoutEffect(function () {
      window.barometerDrawing.draw(place.current, figure, config);
    }, [figure]);
    useLayoutEffect(function () {
      const drawn = place.current;
      return () => window.barometerDrawing.drop(drawn);
    }, []);
    return make("div", { id, className: "dash-graph " + className }, make("div", { ref: place }));
  }

  window.dash_html_components = elements;
  window.dash_core_components = { Graph: graph, Input: input, Link: link, Location: address, Store: nothing };
  window.dash_bootstrap_components = {
    Alert: alert,
    Checklist: choices("checkbox", isOneOf, changed),
    RadioItems: choices("radio", (option, value) => option === value, (option) => option),
    Modal: (props) => (props.is_open ? make(shown, props) : null),
    ModalHeader: part("div", "modal-header"),
    ModalTitle: part("h4", "modal-title"),
    ModalBody: part("div", "modal-body")
  };
})();
