// The one script of the board. All that it does is a help: without it every page says and does the same.
//
// It writes instants as the reader's own clock has them, and listens to what happens meanwhile: that is counted and told in a
// line that lies over the page, so that nothing moves of what somebody reads, and nothing is fetched unless they ask.
"use strict";

(function () {
  const language = document.documentElement.lang || undefined;

  // Instants: `<time datetime="…Z">` that say a date and a time, in the zone and the manner of the reader. Days, and what is said
  // in words, are left as they are; the title keeps the instant.
  function localise(root) {
    const written = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    for (const time of root.querySelectorAll("time[datetime]")) {
      const instant = new Date(time.dateTime);
      if (/\d:\d\d/.test(time.textContent) && !isNaN(instant)) time.textContent = written.format(instant);
    }
    const note = document.getElementById("zone");
    if (note) note.textContent = written.resolvedOptions().timeZone;
  }

  // Forms take dates and times by the reader's clocks then, as the page tells them: each says so beside its fields, and says whose
  // clocks they are when it is sent. A form that was refused goes by those by which it was typed.
  function takeTimes(root) {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const field of root.querySelectorAll("input[data-reader=zone]")) {
      field.value = zone;
      for (const name of field.form.querySelectorAll(".zone")) name.textContent = zone;
      for (const input of field.form.querySelectorAll("input[data-instant]")) {
        const instant = new Date(input.dataset.instant);
        const shift = instant.getTimezoneOffset() * 60000;
        input.value = new Date(instant - shift).toISOString().slice(0, 16);
      }
    }
  }

  // What a line of counts says: "3 changes: promise kept (2), case opened".
  function summary(live, counts) {
    const words = JSON.parse(live.dataset.words);
    let all = 0;
    for (const count of counts.values()) all += count;
    const kinds = Array.from(counts, ([type, count]) => words[type] + (count > 1 ? " (" + count + ")" : ""));
    const head = (all === 1 ? live.dataset.one : live.dataset.many).replace("{n}", String(all));
    return head + ": " + kinds.join(", ") + ".";
  }

  function listen(live) {
    const words = JSON.parse(live.dataset.words);
    const line = live.querySelector("p");
    const text = line.querySelector("span");
    const counts = new Map();
    let after = live.dataset.after;
    let source = null;
    let pause = 1000;
    let told = 0;

    function tell() {
      told = 0;
      text.textContent = summary(live, counts);
      line.hidden = false;
    }

    function note(message) {
      pause = 1000;
      after = message.lastEventId || after;
      const event = JSON.parse(message.data);
      if (!words[event.type]) return;
      if (live.dataset.case && String(event.case_id) !== live.dataset.case) return;
      counts.set(event.type, (counts.get(event.type) || 0) + 1);
      // At most one sentence in some seconds: whoever has it read aloud is not to hear every step of a busy desk.
      if (!told) told = setTimeout(tell, line.hidden ? 200 : 3000);
    }

    // The browser takes a stream up again by itself, with Last-Event-ID. It gives up where it is answered with an error: then
    // it is asked again after a pause, twice as long each time.
    function open() {
      source = new EventSource(live.dataset.stream + "?after=" + encodeURIComponent(after));
      source.onmessage = note;
      source.onerror = function () {
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(follow, pause);
        pause = Math.min(pause * 2, 300000);
      };
    }

    // A browser has only a few connections to a server, so who has many pages open listens on the one that they look at. The
    // others hear of it when they are come back to.
    function follow() {
      if (document.visibilityState === "visible") {
        if (!source || source.readyState === EventSource.CLOSED) open();
      } else if (source) {
        source.close();
      }
    }

    follow();
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", () => source && source.close());
    addEventListener("pageshow", (event) => event.persisted && follow());
  }

  localise(document);
  takeTimes(document);
  const live = document.getElementById("live");
  if (live && window.EventSource) listen(live);
})();
