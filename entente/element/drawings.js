// Drawings of figures, each made by Plotly in an element of its own. Those that leave the page are
// kept for a while as they are: a reader who comes back need not wait for them to be drawn again.
const MOST = 16;
const kept = new Map(); // text of a figure to its drawing, the one that was kept first in front
let library;

/** Plotly: the page's own, or fetched once from an address. */
function loadPlotly(address) {
  if (window.Plotly) { return window.Plotly; }
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => { library = undefined; script.remove(); reject(new Error(`${address} has not come`)); });
    document.head.append(script);
  });
  return library;
}

// Outlines that the page has fetched ahead are handed to Plotly, which then need not wait for them.
const outlines = document.querySelector('link[rel="preload"][as="fetch"]')?.href;
if (outlines) {
  fetch(outlines).then((answer) => answer.json()).then((topology) => {
    const assets = window.PlotlyGeoAssets ??= { topojson: {} };
    assets.topojson[outlines.match(/([^/]+)\.json/)[1]] ??= topology;
  }).catch(console.warn);
}

/** Whether there is a drawing of a figure. */
export function isKept({ text }) { return kept.has(text); }

/** A figure of that size, in pixels: as it was kept, or drawn now; rejects where Plotly can’t. */
export async function draw({ text, bundle }, width, height) {
  const Plotly = await loadPlotly(bundle), old = kept.get(text);
  kept.delete(text);
  if (old?._fullLayout.width === width && old._fullLayout.height === height) { return old; }
  discard(old);
  const plot = document.createElement("div");
  plot.className = "e-plot";
  try {
    const { data, layout, config } = JSON.parse(text);
    // The size is said, so that Plotly need not look for it, for which the page is styled anew.
    await Plotly.newPlot(plot, data, { ...layout, width, height }, config);
  } catch (error) {
    discard(plot);
    throw error;
  }
  return Object.assign(plot, { text });
}

/** Keeps a drawing that has left the page, without what the mouse was over. */
export function keep(plot) {
  plot.removeAllListeners();
  window.Plotly.Fx.unhover(plot, {}, "xy");
  discard(kept.get(plot.text));
  kept.delete(plot.text);
  kept.set(plot.text, plot);
  if (kept.size > MOST) {
    const [[first, oldest]] = kept;
    kept.delete(first);
    discard(oldest);
  }
}

/** Frees what Plotly holds for a drawing, where there is one. */
function discard(plot) {
  if (plot?._fullLayout) { window.Plotly.purge(plot); }
}
