// Shows figures: in the app as a component of Streamlit, in the HTML file and the static edition
// through `window.ententeFigure`. A figure is drawn once it comes near the screen, one at a time,
// first what is on screen; before printing, all are.
const NEAR = "300px";
const CANNOT = "This figure cannot be drawn here. Its table says the same.";
const shown = new Set();
let waiting = [];

let library;
/** Plotly: the page's own, or fetched once from an address. */
function loadPlotly(address) {
  if (window.Plotly) { return window.Plotly; }
  library ??= new Promise((resolve, reject) => {
    const known = document.querySelector(`script[src="${address}"]`), script = known || document.createElement("script");
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => { library = undefined; script.remove(); reject(new Error(address)); });
    if (!known) { script.src = address; document.head.append(script); }
  });
  return library;
}

/** One figure in its place. */
class Figure {
  constructor(place) {
    this.place = place;
    this.plot = place.appendChild(document.createElement("div"));
    this.plot.className = "e-plot";
    place.classList.add("e-figure");
    place.setAttribute("role", "figure");
    shown.add(this);
    near.observe(place);
    sizes.observe(place);
  }

  /** Shows what is given, at once or as soon as it comes near; nothing happens when it is shown already. */
  show(given) {
    const isSame = this.given?.text === given.text;
    this.given = given;
    this.place.setAttribute("aria-label", given.alt);
    if (isSame) { return; }
    this.isDrawn = false;
    if (this.isNear) { this.ask(); }
  }

  ask() {
    if (this.isDrawn || waiting.includes(this)) { return; }
    this.place.dataset.state = "waiting";
    if (waiting.push(this) === 1) { drawNext(); }
  }

  async draw() {
    const { text, bundle } = this.given;
    try {
      const Plotly = window.Plotly || await loadPlotly(bundle);
      const { data, layout, config } = JSON.parse(text);
      await Plotly.react(this.plot, data, { ...layout, autosize: true }, config);
      if (text !== this.given.text || !shown.has(this)) { return; }
      this.plot.removeAllListeners("plotly_click");
      this.plot.on("plotly_click", ({ points }) => this.given.onPick?.(points[0].customdata, points[0]));
      this.isDrawn = true;
      this.place.dataset.state = "drawn";
    } catch (error) {
      console.error(error);
      this.plot.textContent = CANNOT;
      this.place.dataset.state = "failed";
    }
  }

  fit() {
    const drawn = this.isDrawn && this.plot._fullLayout;
    const { offsetWidth: width, offsetHeight: height } = this.plot;
    if (drawn && width && height && (width !== drawn.width || height !== drawn.height)) {
      window.Plotly.Plots.resize(this.plot);
    }
  }

  remove() {
    shown.delete(this);
    near.unobserve(this.place);
    sizes.unobserve(this.place);
    if (this.isDrawn) { window.Plotly.purge(this.plot); }
    this.plot.remove();
  }

  distance() {
    const box = this.place.getBoundingClientRect();
    return Math.max(box.top - window.innerHeight, -box.bottom, 0);
  }
}

function find(place) { return [...shown].find((figure) => figure.place === place); }

const near = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  const figure = find(target);
  if (!figure) { return; }
  figure.isNear = isIntersecting;
  if (isIntersecting) { figure.ask(); } else if (!figure.isDrawn) { target.dataset.state = "far"; }
}), { rootMargin: NEAR });

const sizes = new ResizeObserver((entries) => {
  if (!matchMedia("print").matches) { entries.forEach(({ target }) => find(target)?.fit()); }
});

async function drawNext() {
  waiting.sort((one, other) => one.distance() - other.distance());
  const [figure] = waiting;
  await figure.draw();
  waiting = waiting.filter((other) => other !== figure);
  if (waiting.length) { setTimeout(drawNext, 0); }
}

window.addEventListener("beforeprint", () => shown.forEach((figure) => { if (!figure.isDrawn) { figure.draw(); } }));

/** Shows a figure in an element; what is given has `text`, `alt`, `bundle` and, maybe, `onPick`. */
window.ententeFigure = (place, given) => {
  const figure = find(place) || new Figure(place);
  figure.show(given);
  return figure;
};

/** What Streamlit calls when the element comes, and whenever what it shows has changed. */
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".e-figure") || parentElement.appendChild(document.createElement("div"));
  const figure = window.ententeFigure(place, {
    ...data, onPick: data.pick ? (mark) => { if (mark) { setTriggerValue("pick", mark); } } : null
  });
  return () => { figure.remove(); place.remove(); };
}
