// The camera of a figure: where its map or its time axis is looked at. Buttons, keys, the mouse and
// two fingers move it; one finger scrolls the page.
export const STILL = 10; // pixels within which a pointer has not moved
const CLOSEST = 16, SHORTEST = 7 * 24 * 3600 * 1000, REST_MS = 300, ZOOM = 1.5, PART = 0.2;
const KEYS = { "+": [0, 0, ZOOM], "=": [0, 0, ZOOM], "-": [0, 0, 1 / ZOOM], 0: null };
const WITH_SHIFT = { ArrowRight: [PART, 0], ArrowLeft: [-PART, 0], ArrowDown: [0, PART], ArrowUp: [0, -PART] };

/** A camera as an address has it: numbers with two decimals, days as they are. */
function write(parts) { return parts.map((part) => typeof part === "number" ? Number(part.toFixed(2)) : part).join("_"); }

function isoDay(time) { return new Date(time).toISOString().slice(0, 10); }

/** What a figure that can be moved does besides. */
export const camera = {
  canMove() { return this.isDrawn && this.home && this.given.onCamera; },

  /** Where the figure is looked at, in numbers; nothing for one that has neither map nor days. */
  look() {
    const { geo, [this.days]: days } = this.plot._fullLayout;
    if (geo) { return [geo.projection.scale, geo.center.lon, geo.center.lat]; }
    return days ? days.range.map((day) => isoDay(days.r2l(day))) : null;
  },

  /** Looks there, or as the named view does; without a doubt where a gesture has moved the map. */
  async aim(camera, isSure) {
    const to = camera ? camera.split("_") : this.home;
    this.place.classList.toggle("e-moved", Boolean(camera));
    if (!to || !isSure && write(to) === write(this.look())) { return; }
    await window.Plotly.relayout(this.plot, this.plot._fullLayout.geo
      ? { "geo.projection.scale": +to[0], "geo.center.lon": +to[1], "geo.center.lat": +to[2] } : { [`${this.days}.range`]: [...to] });
  },

  /** Tells where the reader has moved to, once it rests. */
  moved() {
    clearTimeout(this.rest);
    if (!this.canMove()) { return; }
    const now = write(this.look()), text = now === write(this.home) ? "" : now;
    this.place.classList.toggle("e-moved", Boolean(text));
    this.rest = setTimeout(() => {
      this.isMoving = false;
      if (text !== (this.given.camera || "")) { this.given.camera = text; this.given.onCamera(text); }
    }, REST_MS);
  },

  /** What a key does to the camera; whether it does anything. */
  turn({ key, shiftKey }) {
    const keys = shiftKey && key in WITH_SHIFT ? WITH_SHIFT : KEYS;
    if (!this.canMove() || !(key in keys)) { return false; }
    if (!keys[key]) { this.aim("", true); return true; }
    const [across, down, factor] = keys[key], { geo, [this.days]: days, width, height } = this.plot._fullLayout;
    const [x, y] = geo ? geo._subplot.midPt : [days._offset + days._length / 2, 0];
    this.aim(this.hold()([x, y], [x - across * width, y - down * height], factor), true);
    return true;
  },

  /** Takes hold of what is drawn; what it gives brings one spot to another, enlarged, and says which camera that is. */
  hold() {
    this.isMoving = true;
    const { geo: { _subplot: geo } = {}, [this.days]: days } = this.plot._fullLayout;
    if (geo) {
      const { projection, midPt } = geo, [now] = this.look(), size = projection.scale(), start = projection.translate();
      return (from, to, factor = 1) => {
        const by = Math.min(Math.max(factor, 1 / now), CLOSEST / now);
        projection.scale(size * by).translate([0, 1].map((i) => to[i] + (start[i] - from[i]) * by));
        geo.render(true);
        this.refresh();
        return factor < 1 && now * by <= 1 ? "" : write([now * by, ...projection.invert(midPt)]);
      };
    }
    const [first, last] = days.range.map(days.r2l), [from, until] = this.home.map(Date.parse);
    return ([x], [to], factor = 1) => {
      const length = Math.max((last - first) / factor, SHORTEST);
      const start = first + ((x - days._offset) * (last - first) - (to - days._offset) * length) / days._length;
      return factor < 1 && length >= until - from ? "" : write([start, start + length].map(isoDay));
    };
  },

  /** The mouse drags: a map follows it at once, a time axis when it lets go. */
  drag(start) {
    if (!this.canMove() || start.button || start.pointerType !== "mouse") { return; }
    const from = this.spot(start), stop = new AbortController();
    let move, camera;
    window.addEventListener("pointermove", (event) => {
      const to = this.spot(event);
      if (!move && Math.hypot(to[0] - from[0], to[1] - from[1]) < STILL) { return; }
      this.wasDragged = true;
      move ??= this.hold();
      camera = move(from, to);
    }, { signal: stop.signal });
    ["pointerup", "pointercancel"].forEach((end) => window.addEventListener(end, () => {
      stop.abort();
      if (move) { this.aim(camera, true); }
    }, { signal: stop.signal }));
  },

  /** Two fingers enlarge what is between them, and take it along. */
  pinch(start) {
    if (!this.canMove() || start.touches.length !== 2) { return; }
    start.preventDefault();
    const grip = ({ touches }) => {
      const [[a, b], [c, d]] = [...touches].map((touch) => this.spot(touch));
      return { middle: [(a + c) / 2, (b + d) / 2], apart: Math.hypot(a - c, b - d) };
    };
    const from = grip(start), move = this.hold(), stop = new AbortController();
    let camera = this.given.camera;
    this.reach.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) { return; }
      event.preventDefault();
      const to = grip(event);
      camera = move(from.middle, to.middle, to.apart / from.apart);
    }, { signal: stop.signal, passive: false });
    ["touchend", "touchcancel"].forEach((end) => this.reach.addEventListener(end, () => {
      stop.abort();
      this.aim(camera, true);
    }, { signal: stop.signal }));
  },
};
