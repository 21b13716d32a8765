"use strict";
(function () {
  var config = window.ENTENTE_CONFIG, PAPER = 900, WIDE_PAPER = 1100;
  function byId(id) { return document.getElementById(id); }
  function all(what, within) { return Array.prototype.slice.call((within || document).querySelectorAll(what)); }
  function draw(place) {
    if (place.dataset.drawn) { return Promise.resolve(); }
    place.dataset.drawn = "1";
    var figure = JSON.parse(byId(place.dataset.figure).textContent);
    place.textContent = "";
    figure.layout.autosize = true;
    return window.Plotly.newPlot(place, figure.data, figure.layout, config).then(function () {
      place.on("plotly_click", function (event) { follow(place, event.points[0]); });
      place.dataset.drawn = "done";
    });
  }
  // A mark leads to the claim that it stands for, or else to its row in the table below it.
  function follow(place, point) {
    var ids = [].concat(point.customdata || []).join(" ").split(" ");
    var claim = ids[0] === "claim" && byId("claim-" + ids[1]);
    if (claim) {
      form.reset(); filter(); show(claim);
      return;
    }
    var rows = all("tbody tr", byId(place.id + "-table"));
    var row = rows.filter(function (one) {
      return all("td", one).some(function (cell) { return ids.indexOf(cell.textContent) > 0; });
    })[0];
    if (row) { row.closest("details").open = true; row.tabIndex = -1; show(row); }
  }
  function show(element) {
    all(".picked").forEach(function (old) { old.classList.remove("picked"); });
    element.classList.add("picked");
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  }
  var places = all(".chart");
  // A chart is drawn when it comes near the screen, one at a time, first what is on screen; and all
  // of them before printing.
  var waiting = [];
  function distance(place) {
    var box = place.getBoundingClientRect();
    return Math.max(box.top - window.innerHeight, -box.bottom, 0);
  }
  function drawNext() {
    waiting.sort(function (a, b) { return distance(a) - distance(b); });
    var place = waiting.shift();
    if (place) { draw(place); setTimeout(drawNext, 0); }
  }
  var near = new IntersectionObserver(function (entries) {
    var isIdle = !waiting.length;
    entries.forEach(function (entry) {
      if (entry.isIntersecting) { near.unobserve(entry.target); waiting.push(entry.target); }
    });
    if (isIdle) { drawNext(); }
  }, { rootMargin: "400px" });
  places.forEach(function (place) { near.observe(place); });
  // Paper is narrower than most screens: charts are drawn anew for it, and for the screen after.
  function redraw(size) { places.forEach(function (place) { window.Plotly.relayout(place, size(place)); }); }
  function onPaper(place) {
    return { autosize: false, width: place.classList.contains("chart-timeline") ? WIDE_PAPER : PAPER };
  }
  function onScreen() { return { autosize: true, width: null }; }
  window.addEventListener("beforeprint", function () {
    places.forEach(draw); redraw(onPaper); window.ententeFit();
  });
  window.addEventListener("afterprint", function () { redraw(onScreen); });

  function save(name, blob) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob); link.download = name; link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
  function cell(text) {
    // A spreadsheet would run a cell that begins like a formula.
    var runs = /^(\s*[=+@＝＋－＠-]|[\t\r\n])/.test(text) && isNaN(Number(text));
    return '"' + (runs ? "'" + text : text).replace(/"/g, '""') + '"';
  }
  function csv(table) {
    return all("tr", table).map(function (row) {
      return all("th, td", row).map(function (item) { return cell(item.textContent); }).join(",");
    }).join("\r\n") + "\r\n";
  }
  all(".take").forEach(function (place) { place.hidden = false; });
  document.addEventListener("click", function (event) {
    var kind = event.target.dataset && event.target.dataset.save;
    if (!kind) { return; }
    var id = event.target.dataset.of, place = byId(id), name = "entente-" + id;
    if (kind === "csv") {
      save(name + ".csv", new Blob(["\ufeff" + csv(byId(id + "-table"))], { type: "text/csv" }));
      return;
    }
    draw(place).then(function () {
      var title = place.closest("section").querySelector("h2").textContent;
      window.ententePicture(place, kind, name, title, place.dataset.credit);
    });
  });

  var form = byId("filters"), claims = all(".ledger > li");
  function filter() {
    var verdict = form.elements.verdict.value, kind = form.elements.kind.value;
    var words = form.elements.words.value.trim().toLocaleLowerCase(), shown = 0;
    claims.forEach(function (claim) {
      var fits = (!verdict || claim.dataset.verdict === verdict) && (!kind || claim.dataset.kind === kind) &&
        (!words || claim.textContent.toLocaleLowerCase().indexOf(words) >= 0);
      claim.hidden = !fits; shown += fits ? 1 : 0;
    });
    byId("filtered").textContent = shown + " of " + claims.length + " claims";
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  filter();
})();
