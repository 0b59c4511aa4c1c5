// A floor plan whose desks are moved by dragging and by keyboard. The table below it is the form that is sent: every move is
// written there, and what is typed there is drawn. Distances follow the rule of offices/distances.py, in whole centimetres.

const MINIMUM = 100;
const METRE = 100;
const STEP = 5;
const LEAP = 50;
const TURN = 250;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const snap = (value) => Math.round(value / STEP) * STEP;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
const say = (text) => document.dispatchEvent(new CustomEvent("portal:announce", { detail: text }));

const reach = (from, length, other, otherLength) => Math.max(0, other - from - length, from - other - otherLength);

export function gap(a, b) {
  const across = reach(a.x, a.width, b.x, b.width);
  const along = reach(a.y, a.depth, b.y, b.depth);
  return Math.floor(Math.sqrt(across * across + along * along));
}

export const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.depth && b.y < a.y + a.depth;

function ends(a, aLength, b, bLength) {
  if (b > a + aLength) return [a + aLength, b];
  if (a > b + bLength) return [a, b + bLength];
  const middle = (Math.max(a, b) + Math.min(a + aLength, b + bLength)) / 2;
  return [middle, middle];
}

class FloorPlan extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.svg = this.querySelector("svg.plan");
    if (!this.form || !this.svg) return;
    this.room = { width: Number(this.dataset.width), depth: Number(this.dataset.depth) };
    this.pattern = this.querySelector("template").content;
    this.past = [];
    this.last = this.state();
    this.open();
    this.draw();
  }

  disconnectedCallback() { removeEventListener("beforeunload", this.leaving); }

  open() {
    // Who leaves a plan that is not saved is asked first. Sending it replaces the page without leaving it.
    this.leaving = (event) => { if ((this.past.length || this.dataset.unsaved) && this.form.getAttribute("aria-busy") !== "true") event.preventDefault(); };
    addEventListener("beforeunload", this.leaving);
    this.svg.classList.add("movable");
    this.svg.setAttribute("role", "application");
    for (const part of this.querySelectorAll("[data-hint], [data-now], [data-undo]")) part.hidden = false;
    const preview = this.form.querySelector("[data-preview]");
    if (preview) preview.hidden = true;
    this.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    this.svg.addEventListener("pointerdown", (event) => this.grasp(event));
    // A finger on a desk moves the desk, not the page.
    this.svg.addEventListener("touchstart", (event) => { if (event.target.closest(".desk")) event.preventDefault(); }, { passive: false });
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", () => this.letGo());
    this.svg.addEventListener("pointercancel", () => this.giveBack());
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("focusin", (event) => this.look(event));
    this.form.addEventListener("input", (event) => { if (event.target.name?.startsWith(this.dataset.prefix)) this.draw(); });
    this.form.addEventListener("change", (event) => { if (event.target.name?.startsWith(this.dataset.prefix)) this.keep(); });
  }

  // --- the table is the state -----------------------------------------------------------------------------------------------

  entry(row, name) { return this.form.elements[`${this.dataset.prefix}-${row}-${name}`]; }

  desk(row) {
    const whole = (name) => (/^\d{1,5}$/.test(this.entry(row, name).value.trim()) ? Number(this.entry(row, name).value) : null);
    const [x, y, width, depth] = ["x", "y", "width", "depth"].map(whole);
    const placed = x !== null && y !== null && width >= 20 && depth >= 20;
    return { row, name: this.entry(row, "name").value.trim(), x, y, width, depth, placed };
  }

  desks() {
    const total = Number(this.form.elements[`${this.dataset.prefix}-TOTAL_FORMS`].value);
    return Array.from({ length: total }, (_nothing, row) => this.desk(row));
  }

  state() { return JSON.stringify(this.desks().map(({ x, y, width, depth }) => [x, y, width, depth])); }

  put(row, values) {
    for (const [name, value] of Object.entries(values)) this.entry(row, name).value = value ?? "";
  }

  /** Where a desk may stand: inside the room. */
  kept(desk) {
    const most = (length, room) => Math.max(0, room - length);
    return {
      ...desk,
      x: Math.min(Math.max(0, desk.x), most(desk.width, this.room.width)),
      y: Math.min(Math.max(0, desk.y), most(desk.depth, this.room.depth)),
    };
  }

  /** One step that can be undone has ended. */
  keep() {
    const now = this.state();
    if (now !== this.last) this.past.push(this.last);
    this.last = now;
    this.querySelector("[data-undo]").disabled = !this.past.length;
  }

  undo() {
    if (!this.past.length) return;
    this.last = this.past.pop();
    JSON.parse(this.last).forEach(([x, y, width, depth], row) => this.put(row, { x, y, width, depth }));
    this.querySelector("[data-undo]").disabled = !this.past.length;
    this.draw();
    say(this.dataset.undone);
  }

  // --- drawing --------------------------------------------------------------------------------------------------------------

  draw() {
    const desks = this.desks();
    const placed = desks.filter((desk) => desk.placed);
    const close = placed.flatMap((a, number) => placed.slice(number + 1).map((b) => ({ a, b, distance: gap(a, b), over: overlap(a, b) })))
      .filter(({ distance }) => distance < MINIMUM);
    const stray = placed.filter((desk) => desk.x + desk.width > this.room.width || desk.y + desk.depth > this.room.depth);
    const bad = new Set([...close.flatMap(({ a, b }) => [a.row, b.row]), ...stray.map((desk) => desk.row)]);
    const layer = this.svg.querySelector(".desks");
    for (const old of layer.querySelectorAll(".desk")) if (!placed.some((desk) => String(desk.row) === old.dataset.row && old.tabIndex === 0)) old.remove();
    for (const desk of placed) this.drawDesk(layer, desk, bad.has(desk.row), placed);
    this.svg.querySelector(".gaps").replaceChildren(...close.map((pair) => this.drawGap(pair)));
    this.list(close, stray, placed.length);
  }

  drawDesk(layer, desk, bad, placed) {
    let group = layer.querySelector(`[data-row="${desk.row}"]`);
    if (!group) {
      group = this.pattern.querySelector(".desk").cloneNode(true);
      group.dataset.row = desk.row;
      group.setAttribute("aria-roledescription", this.dataset.role);
      layer.append(group);
    }
    const margin = Number(this.svg.getAttribute("font-size"));
    const size = (node, width, depth) => { node.setAttribute("width", width); node.setAttribute("height", depth); };
    group.setAttribute("transform", `translate(${desk.x} ${desk.y})`);
    group.classList.toggle("bad", bad);
    const around = group.querySelector(".reach");
    size(around, desk.width + 2 * margin, desk.depth + 2 * margin);
    around.setAttribute("x", -margin);
    around.setAttribute("y", -margin);
    size(group.querySelector(".top"), desk.width, desk.depth);
    size(group.querySelector("svg"), desk.width, desk.depth);
    group.querySelector("text").textContent = desk.name;
    group.setAttribute("aria-label", this.words(desk, placed));
  }

  /** The label hangs clear of the desks' names, as offices/drawing.py has it. */
  drawGap({ a, b, distance, over }) {
    const group = this.pattern.querySelector(".gap").cloneNode(true);
    const [x1, x2] = ends(a.x, a.width, b.x, b.width);
    const [y1, y2] = ends(a.y, a.depth, b.y, b.depth);
    const half = over ? 4.6 : 3.2;
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
    let { x, y } = middle;
    let across = 0;
    let along = 0;
    if (y1 === y2 && x1 !== x2) {
      const low = Math.max(a.y + a.depth, b.y + b.depth);
      [y, along] = low + METRE < this.room.depth ? [low, 1.1] : [Math.min(a.y, b.y), -1.1];
    } else if (x1 === x2 && y1 !== y2) {
      const right = Math.max(a.x + a.width, b.x + b.width);
      [x, across] = right + METRE < this.room.width ? [right, half + 0.2] : [Math.min(a.x, b.x), -half - 0.2];
    }
    const leader = across || along ? `M${middle.x} ${middle.y}L${x} ${y}` : "";
    const set = (name, values) => { for (const [key, em] of Object.entries(values)) group.querySelector(name).setAttribute(key, `${em}em`); };
    group.querySelector("path").setAttribute("d", `M${x1} ${y1}L${x2} ${y2}${leader}`);
    group.querySelector("g").setAttribute("transform", `translate(${x} ${y})`);
    set("rect", { x: across - half, y: along - 0.9, width: 2 * half });
    set("use", { x: across - half + 0.3, y: along - 0.65 });
    set("text", { x: across + 0.8, y: along });
    group.querySelector("text").textContent = over ? this.dataset.overlapping : `${distance} cm`;
    return group;
  }

  list(close, stray, placed) {
    const sentences = close.map(({ a, b, distance, over }) =>
      fill(over ? this.dataset.over : this.dataset.near, { first: a.name, second: b.name, distance, missing: MINIMUM - distance }));
    sentences.push(...stray.map((desk) => fill(this.dataset.stray, { desk: desk.name })));
    const line = this.pattern.querySelector("li");
    this.querySelector("[data-faults]").replaceChildren(...sentences.map((text) => {
      const item = line.cloneNode(true);
      item.querySelector("span").textContent = text;
      return item;
    }));
    this.querySelector("[data-fine]").hidden = sentences.length > 0 || placed < 2;
  }

  /** A desk in words: where it stands, and what is nearest. */
  words(desk, placed = this.desks().filter((each) => each.placed)) {
    const others = placed.filter((each) => each.row !== desk.row).map((other) => ({ other: other.name, distance: gap(desk, other) }));
    const nearest = others.sort((a, b) => a.distance - b.distance)[0];
    return `${fill(this.dataset.at, { desk: desk.name, x: desk.x, y: desk.y })}; ${nearest ? fill(this.dataset.next, nearest) : this.dataset.alone}`;
  }

  /** Shows what has moved, and speaks it once it has come to rest. */
  tell(row, before = "") {
    const text = before + this.words(this.desk(row));
    this.querySelector("[data-now]").textContent = text;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => say(text), TURN);
  }

  // --- moving ---------------------------------------------------------------------------------------------------------------

  move(row, values, before) {
    const { x, y, width, depth } = this.kept({ ...this.desk(row), ...values });
    this.put(row, { x, y, width, depth });
    this.draw();
    this.tell(row, before);
  }

  point(event) { return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse()); }

  /** What Escape goes back to. */
  look(event) {
    const group = event.target.closest(".desk");
    if (!group) return;
    const { row, x, y, width, depth } = this.desk(Number(group.dataset.row));
    this.found = { row, values: { x, y, width, depth } };
    this.querySelector("[data-now]").textContent = this.words(this.desk(row));
  }

  grasp(event) {
    const group = event.target.closest(".desk");
    if (!group || event.button !== 0 || this.held) return;
    event.preventDefault();
    group.focus({ preventScroll: true });
    const row = Number(group.dataset.row);
    const { x, y, width, depth } = this.desk(row);
    const at = this.point(event);
    this.held = { row, pointer: event.pointerId, dx: at.x - x, dy: at.y - y, values: { x, y, width, depth } };
    this.found = { row, values: this.held.values };
    this.svg.setPointerCapture(event.pointerId);
    group.classList.add("held");
  }

  drag(event) {
    if (this.held?.pointer !== event.pointerId) return;
    const at = this.point(event);
    this.move(this.held.row, { x: snap(at.x - this.held.dx), y: snap(at.y - this.held.dy) });
  }

  letGo() {
    if (!this.held) return;
    this.svg.querySelector(".held")?.classList.remove("held");
    this.held = null;
    this.keep();
  }

  giveBack() {
    if (!this.held) return;
    this.put(this.held.row, this.held.values);
    this.draw();
    this.letGo();
  }

  key(event) {
    const group = event.target.closest(".desk");
    if (!group || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = Number(group.dataset.row);
    const desk = this.desk(row);
    const arrow = ARROWS[event.key];
    if (arrow) {
      const by = event.shiftKey ? LEAP : STEP;
      this.move(row, { x: desk.x + arrow[0] * by, y: desk.y + arrow[1] * by });
    } else if (event.key === "r" || event.key === "R") {
      const middle = { x: desk.x + desk.width / 2, y: desk.y + desk.depth / 2 };
      const turned = { width: desk.depth, depth: desk.width };
      this.move(row, { ...turned, x: snap(middle.x - turned.width / 2), y: snap(middle.y - turned.depth / 2) }, `${this.dataset.turned}. `);
    } else if (event.key === "Escape" && this.found?.row === row) {
      this.move(row, this.found.values, `${this.dataset.back}. `);
      if (this.held) this.letGo();
    } else {
      return;
    }
    event.preventDefault();
    if (!this.held) this.keep();
  }
}

customElements.define("floor-plan", FloorPlan);
