/* One view in place of another: where both have the same parts, each is told what is new of it, and stays. A chart that is the same
   is not drawn again, and no other is built anew, which Dash does with all that stands below whatever it is told of. */
(function () {
  "use strict";

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  function isComponent(node) {
    return Boolean(node && node.namespace && node.type);
  }

  /* What of ``after`` is new where ``before`` stands, by the names of its parts; null where only what is around them can be told. */
  function news(before, after) {
    if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
      const all = after.map(function (part, at) { return news(before[at], part); });
      return all.includes(null) ? null : Object.assign({}, ...all);
    }
    if (!isComponent(before) || !isComponent(after)) {
      return same(before, after) ? {} : null;
    }
    const id = after.props.id;
    if (before.type !== after.type || before.namespace !== after.namespace || !same(before.props.id, id)) {
      return null;
    }
    const changed = new Set([...Object.keys(before.props), ...Object.keys(after.props)]);
    const below = news(before.props.children, after.props.children);
    const own = {};
    changed.forEach(function (name) {
      const now = after.props[name];
      if (name === "children" ? !below : !same(before.props[name], now)) {
        own[name] = now === undefined ? null : now;
      }
    });
    if (!Object.keys(own).length) {
      return below;
    }
    return id === undefined ? null : { ...below, [window.dash_component_api.stringifyId(id)]: own };
  }

  window.barometerParts = { news };
})();
