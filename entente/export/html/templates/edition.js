"use strict";
(function () {
  var PAPER = 900, WIDE_PAPER = 1100;
  function byId(id) { return document.getElementById(id); }
  function all(what, within) { return Array.prototype.slice.call((within || document).querySelectorAll(what)); }
  // A mark leads to the claim that it stands for, or else to its row in the table below it.
  function follow(place, mark) {
    var ids = [].concat(mark || []).join(" ").split(" ");
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
  var figures = all(".chart").map(function (place) {
    var given = { text: byId(place.dataset.figure).textContent, alt: place.getAttribute("aria-label") };
    if (place.dataset.marks) { given.onPick = function (mark) { follow(place, mark); }; }
    return window.ententeFigure(place, given);
  });
  function figureOf(place) { return figures.filter(function (one) { return one.place === place; })[0]; }
  // Paper is narrower than most screens: charts are drawn anew for it, and for the screen after.
  window.addEventListener("beforeprint", function () {
    figures.forEach(function (figure) {
      var isWide = figure.place.classList.contains("chart-timeline");
      window.Plotly.relayout(figure.plot, { width: isWide ? WIDE_PAPER : PAPER });
    });
    window.ententeFit();
  });
  window.addEventListener("afterprint", function () { figures.forEach(function (figure) { figure.fit(); }); });

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
    var figure = figureOf(place);
    Promise.resolve(figure.isDrawn || figure.draw()).then(function () {
      var title = place.closest("section").querySelector("h2").textContent;
      window.ententePicture(figure.plot, kind, name, title, place.dataset.credit);
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
