// The camera of a figure: where its map or its time axis is looked at, and how that is moved.
export const STILL = 10; // pixels within which a pointer has not moved
const CLOSEST = 16, REST_MS = 300;

/** A camera as an address has it: numbers with two decimals, days as they are. */
function write(parts) { return parts.map((part) => typeof part === "number" ? Number(part.toFixed(2)) : part).join("_"); }

function isoDay(time) { return new Date(time).toISOString().slice(0, 10); }

/** What a figure that can be moved does besides. */
export const camera = {
  /** Where the figure is looked at, in numbers; nothing for one that has neither map nor days. */
  look() {
    const { geo, [this.days]: days } = this.plot._fullLayout;
    if (geo) { return [geo.projection.scale, geo.center.lon, geo.center.lat]; }
    return days ? days.range.map((day) => isoDay(days.r2l(day))) : null;
  },

  /** Looks there, or as the named view does. */
  async aim(camera) {
    const to = camera ? camera.split("_") : this.home;
    if (this.given.move && to && !this.tools) { this.addTools(); }
    this.place.classList.toggle("e-moved", Boolean(camera));
    if (!to || write(to) === write(this.look())) { return; }
    await window.Plotly.relayout(this.plot, this.plot._fullLayout.geo
      ? { "geo.projection.scale": +to[0], "geo.center.lon": +to[1], "geo.center.lat": +to[2] } : { [`${this.days}.range`]: [...to] });
  },

  /** Tells where the reader has moved to, once it rests. */
  moved() {
    clearTimeout(this.rest);
    if (!this.given.move || !this.home) { return; }
    const now = this.look(), isHome = write(now) === write(this.home), text = isHome ? "" : write(now);
    this.place.classList.toggle("e-moved", !isHome);
    this.rest = setTimeout(() => { if (text !== (this.given.camera || "")) { this.given.camera = text; this.given.onCamera(text); } }, REST_MS);
  },

  zoom(factor) {
    const now = this.look(), isMap = this.plot._fullLayout.geo;
    if (!factor || isMap && now[0] * factor <= 1) { this.aim(""); return; }
    if (isMap) { this.aim(write([Math.min(now[0] * factor, CLOSEST), now[1], now[2]])); return; }
    const [first, last] = now.map(Date.parse), half = (last - first) / 2 / factor, middle = (first + last) / 2;
    if (last - first >= this.home.map(Date.parse).reduce((from, to) => to - from) && factor < 1) { this.aim(""); return; }
    this.aim(write([middle - half, middle + half].map(isoDay)));
  },

  /** A map follows the pointer at once, a time axis when it is let go; a finger, once enlarged. */
  drag(start) {
    const { geo: { _subplot: geo } = {}, [this.days]: days } = this.isDrawn ? this.plot._fullLayout : {};
    if (!(geo || days) || !this.given.move || start.button || start.pointerType !== "mouse" && !this.place.classList.contains("e-moved")) { return; }
    const from = geo?.projection.translate(), range = days?.range.map(days.r2l), stop = new AbortController(), options = { signal: stop.signal };
    window.addEventListener("pointermove", (event) => {
      const by = [event.clientX - start.clientX, event.clientY - start.clientY];
      this.wasDragged ||= Math.hypot(...by) >= STILL;
      if (geo) {
        geo.projection.translate([from[0] + by[0], from[1] + by[1]]);
        geo.render(true);
        this.refresh();
      } else { this.to = range.map((day) => day - by[0] * (range[1] - range[0]) / days._length); }
    }, options);
    ["pointerup", "pointercancel"].forEach((end) => window.addEventListener(end, () => {
      stop.abort();
      if (!this.wasDragged) { return; }
      this.aim(write(geo ? [this.look()[0], ...geo.projection.invert(geo.midPt)] : this.to.map(isoDay)));
    }, options));
  },
};
