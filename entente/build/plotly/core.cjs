// plotly.js without the parts that no figure of ours uses: sliders, menus, selectors and sliders of
// ranges, images, grids, annotations in space, colour bars, uploads and exports as a chart studio file.
"use strict";
require("plotly.js/build/plotcss");
const registry = require("plotly.js/src/registry");
const methods = require("plotly.js/src/plot_api");
const plots = require("plotly.js/src/plots/plots");
const hover = require("plotly.js/src/components/fx");

const Plotly = {
  version: require("plotly.js/src/version").version,
  register: registry.register,
  Plots: { resize: plots.resize },
  Fx: { hover: hover.hover, unhover: hover.unhover, loneHover: hover.loneHover, loneUnhover: hover.loneUnhover },
};
for (const [name, fn] of Object.entries(methods)) {
  if (!name.startsWith("_")) { Plotly[name] = fn; }
  registry.register({ moduleType: "apiMethod", name, fn });
}
registry.register([
  require("plotly.js/src/traces/scatter"),
  require("plotly.js/src/components/annotations"),
  require("plotly.js/src/components/selections"),
  require("plotly.js/src/components/shapes"),
  require("plotly.js/src/components/errorbars"),
  require("plotly.js/src/components/colorscale"),
  require("plotly.js/src/components/legend"), // after shapes, whose defaults it reads
  require("plotly.js/src/components/fx"), // after the legend, for the same reason
  require("plotly.js/src/components/modebar"),
  require("plotly.js/src/locale-en"),
  require("plotly.js/src/locale-en-us"),
]);
module.exports = Plotly;
