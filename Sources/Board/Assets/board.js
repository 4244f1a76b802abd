// The one script of the board. All that it does is a help: without it every page says and does the same.
//
// It writes instants as the reader's own clock has them, and listens to what happens meanwhile: that is counted and told in a
// line that lies over the page, so that nothing moves of what somebody reads, and no page is fetched unless they ask.
"use strict";

(function () {
  // Dates and times are in the form of the reader's own locale, whatever language the page is in.
  const locales = navigator.languages && navigator.languages.length ? navigator.languages : undefined;

  // `<time datetime="…Z">` that say a date and a time, in the zone of the reader; those of a day stay that day. What is said in words
  // is left as it is; the title keeps the instant, or the date.
  function localise(root) {
    const written = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeStyle: "short" });
    const day = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeZone: "UTC" });
    for (const time of root.querySelectorAll("time[datetime]")) {
      const instant = new Date(time.dateTime);
      if (isNaN(instant)) continue;
      if (/^\d{4}-\d\d-\d\d$/.test(time.textContent)) time.textContent = day.format(instant);
      else if (/\d:\d\d/.test(time.textContent)) {
        // The midnight that ends a day is that day's last minute, by the reader's clocks too.
        const isEnd = time.dataset.dayEnd !== undefined && instant.getHours() === 0 && instant.getMinutes() === 0;
        time.textContent = written.format(isEnd ? new Date(instant - 60000) : instant);
      }
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

  // An instant as the reader's clocks show it, in the form of a field.
  function shown(instant) {
    const date = new Date(instant);
    return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
  }

  // The instant that a page is asked for is by the same clocks: its field shows them, and is sent as the instant itself. A time that
  // they skip or show twice is none.
  function takeInstants(root) {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const field of root.querySelectorAll("input[data-reader=instant][type=datetime-local]")) {
      for (const name of field.parentElement.querySelectorAll(".zone")) name.textContent = zone;
      if (field.dataset.instant) field.value = shown(field.dataset.instant);
      const near = [-3600000, -1800000, 1800000, 3600000];
      field.addEventListener("input", function () {
        const instant = new Date(field.value);
        const text = isNaN(instant) ? "" : shown(instant);
        const isOne = isNaN(instant) || (text.startsWith(field.value.slice(0, 19))
          && !near.some((shift) => shown(+instant + shift) === text));
        field.setCustomValidity(isOne ? "" : field.dataset.unclear);
      });
      field.form.addEventListener("formdata", function (event) {
        const instant = new Date(field.value);
        if (!isNaN(instant)) event.formData.set(field.name, instant.toISOString());
      });
    }
  }

  // The address of a customer's page as this browser knows the desk, where nobody said where that is found, and a button to copy it.
  function offerCopy(root) {
    for (const line of root.querySelectorAll("[data-copy]")) {
      const code = line.querySelector("code");
      code.textContent = new URL(code.textContent, location.origin).href;
      for (const note of root.querySelectorAll("[data-reader=origin]")) note.hidden = true;
      if (!navigator.clipboard) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = line.dataset.copy;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(code.textContent).then(() => { button.textContent = line.dataset.copied; }, () => {});
      });
      code.after(" ", button);
    }
  }

  // Whoever leaves a page with something typed into a form that changes something is asked by the browser first.
  function keepTyped(root) {
    let isTyped = false;
    let isSent = false;
    root.addEventListener("input", function (event) {
      const form = event.target.form;
      if (form && form.method === "post" && event.target.type !== "password") isTyped = true;
    });
    root.addEventListener("submit", function (event) { isSent = !event.defaultPrevented; });
    addEventListener("pageshow", function () { isSent = false; });
    addEventListener("beforeunload", function (event) { if (isTyped && !isSent) event.preventDefault(); });
  }

  function shortened(text) {
    // Each stands by itself, whichever way it runs: what people wrote does not turn the words beside it.
    const letters = Array.from(text.replace(/[\u202a-\u202e\u2066-\u2069]/g, ""));
    const words = letters.length > 60 ? letters.slice(0, 60).join("") + "…" : letters.join("");
    return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? "\u2068" + words + "\u2069" : words;
  }

  // What an event is about: the promise or the case, and whose they are.
  function subject(event) {
    const about = event.promise || {};
    const file = event.case || {};
    const customer = file.customer ? file.customer.name : null;
    return [about.what || file.subject, customer, about.owner || file.owner].filter(Boolean).map(shortened).join(", ");
  }

  // What a line of counts says: "3 changes: promise kept (2), new case. The last: new case – Jo Day, Kim."
  function summary(live, counts, last) {
    let all = 0;
    for (const count of counts.values()) all += count;
    const kinds = Array.from(counts, ([words, count]) => words + (count > 1 ? " (" + count + ")" : "")).join(", ");
    const parts = { n: String(all), all: kinds, last };
    // A function, as what people wrote may have a dollar sign in it.
    return (all === 1 ? live.dataset.one : live.dataset.many).replace(/\{(n|all|last)\}/g, (_, name) => parts[name]);
  }

  function listen(live) {
    const line = live.querySelector("p");
    const text = line.querySelector("span");
    const counts = new Map();
    let last = "";
    let words = null;
    let after = live.dataset.after;
    let source = null;
    let pause = 1000;
    let told = 0;

    function tell() {
      told = 0;
      text.textContent = summary(live, counts, last);
      line.hidden = false;
    }

    function count(event) {
      const happened = words[event.log.kind];
      if (!happened) return;
      counts.set(happened, (counts.get(happened) || 0) + 1);
      const about = subject(event);
      last = happened + (about ? " – " + about : "");
      // At most one sentence in some seconds: whoever has it read aloud is not to hear every step of a busy desk.
      if (!told) told = setTimeout(tell, line.hidden ? 200 : 3000);
    }

    // The words come once, with the first event, and stay in the browser's cache; what happens before they are there waits for
    // them.
    const waiting = [];
    let isAsking = false;
    function note(message) {
      pause = 1000;
      after = message.lastEventId || after;
      const event = JSON.parse(message.data);
      if (live.dataset.case && String(event.case_id) !== live.dataset.case) return;
      if (words) return count(event);
      waiting.push(event);
      if (isAsking) return;
      isAsking = true;
      fetch(live.dataset.words).then((answer) => answer.json()).then((found) => {
        words = found;
        waiting.splice(0).forEach(count);
      }).catch(() => {}).then(() => { isAsking = false; });
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
  takeInstants(document);
  offerCopy(document);
  keepTyped(document);
  const live = document.getElementById("live");
  if (live && window.EventSource) listen(live);
})();
