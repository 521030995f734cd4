// Live training curves. Python sends the whole (thinned) series at each update; zoom, cursor, log switch live here.
const states = new WeakMap() // parentElement -> state
const PAD = { left: 52, right: 10, top: 8, bottom: 22 } // px around the plot
const HEIGHT = 210 // px, as in the CSS
const count = new Intl.NumberFormat("en")

export default function liveCurves({ data: [data], parentElement }) {
  const state = states.get(parentElement) ?? { cursor: null, log: {} }
  states.set(parentElement, state)
  for (const { curves } of data.charts) curves.forEach((curve, k) => (curve.x ??= curves[k - 1].x)) // sent once if shared
  const shape = data.charts.map((spec) => spec.curves.length).join()
  if (state.shape !== shape) build(state, parentElement.querySelector(".live-curves"), data.charts)
  const last = Math.max(0, ...data.charts.map(reached))
  if (data.x_max !== state.data?.x_max) state.view = state.cursor = null // another axis
  if (data.x_max !== state.data?.x_max || last < state.last) state.charts.forEach((chart) => (chart.range = null))
  Object.assign(state, { data, last, shape })
  dress(state)
  redraw(state)
  return () => (state.observer.disconnect(), states.delete(parentElement))
}

const add = (parent, tag, fields) => parent.appendChild(Object.assign(document.createElement(tag), fields))

function build(state, root, specs) {
  state.observer?.disconnect()
  root.replaceChildren()
  const grid = add(root, "div", { className: "charts" })
  state.charts = specs.map((spec, i) => {
    const box = add(grid, "section"), head = add(box, "header")
    const chart = { title: add(head, "h3"), step: add(head, "span"), log: add(head, "label"), width: 0 }
    const tick = add(chart.log, "input", { type: "checkbox", checked: logarithmic(state, i, spec) })
    tick.onchange = () => ((state.log[i] = tick.checked), redraw(state))
    add(chart.log, "span")
    const readout = add(box, "div", { className: "readout", ariaLive: "off" }) // keys announce by state.spoken
    chart.items = spec.curves.map(() => ["i", "span", "b"].reduce((item, tag) => (add(item, tag), item), add(readout, "span")))
    const plot = add(box, "div", { className: "plot" })
    chart.base = add(plot, "canvas", { role: "img", tabIndex: 0 })
    chart.over = add(plot, "canvas", { className: "over", ariaHidden: "true" })
    chart.empty = add(plot, "p")
    chart.caption = add(box, "small")
    chart.note = add(box, "small", { className: "note" })
    listen(state, chart, i)
    return chart
  })
  const foot = add(root, "footer")
  state.hint = add(foot, "small")
  state.reset = add(foot, "button", { type: "button", onclick: () => zoom(state, 0, Infinity) })
  state.spoken = add(root, "div", { className: "spoken", ariaLive: "polite" })
  state.observer = new ResizeObserver(() => {
    for (const chart of state.charts) chart.width = chart.base.clientWidth
    redraw(state)
  })
  state.observer.observe(grid)
}

// Words and colours, which change with the page's language and theme.
function dress({ data, charts, ...state }) {
  const { words } = data
  state.hint.textContent = matchMedia("(pointer: coarse)").matches ? words.zoom_hint_touch : words.zoom_hint
  state.reset.textContent = words.reset_zoom
  charts.forEach((chart, i) => {
    const { title, curves, empty, log_switch, note } = data.charts[i]
    chart.title.textContent = title
    chart.log.hidden = !log_switch
    chart.log.lastChild.textContent = words.log_scale
    chart.caption.textContent = data.x_marks.length ? `${data.x_label} · ${words.x_marks}` : data.x_label
    chart.empty.textContent = curves.some((c) => c.y.some((y) => y !== null)) ? "" : empty || words.empty
    chart.note.textContent = note
    chart.base.ariaDescription = words.keys_hint
    chart.colors = curves.map((curve, k) => {
      const swatch = chart.items[k].firstChild, { style, color, dash } = curve
      swatch.className = curve.marker ? "sample" : `${style} ${color} dash${dash} ${k % 2 ? "square" : "round"}`
      swatch.style.color = curve.marker ? mixed(color) : ""
      swatch.replaceChildren(...(curve.marker ? [lineSample(curve)] : []))
      return getComputedStyle(swatch).color
    })
    const { fontFamily, color } = getComputedStyle(chart.caption)
    Object.assign(chart, { font: `12px ${fontFamily}`, muted: color, ink: getComputedStyle(chart.title).color })
  })
}

// As the learner's own switch says, and as the page does until it is touched.
const logarithmic = (state, i, spec = state.data.charts[i]) => state.log[i] ?? spec.log

function redraw(state) {
  state.reset.ariaDisabled = String(!state.view)
  state.reset.title = state.view ? "" : state.data.words.reset_zoom_disabled
  state.charts.forEach((chart, i) => chart.width && draw(state, state.data.charts[i], chart, logarithmic(state, i)))
  point(state, state.cursor)
}

// A test may have been made before the step that is read: then its name says when.
const dated = ({ label, style, marker }, at, step, x_label) =>
  style === "points" && !marker && at < step ? `${label} · ${x_label} ${count.format(at)}` : label

// The cursor and the values at its step, in every chart; without a cursor the latest values.
function point(state, cursor) {
  const [a, b] = span(state), { x_label, charts } = state.data
  state.cursor = cursor
  state.charts.forEach((chart, i) => {
    const { curves, y_format } = charts[i], step = cursor ?? reached(charts[i])
    const read = curves.map((c) => before(c.x, step)), texts = curves.map((c, k) => write(c.y[read[k]], 4, y_format))
    chart.step.textContent = `${x_label} ${count.format(step)}`
    const names = curves.map((c, k) => dated(c, c.x[read[k]], step, x_label))
    chart.items.forEach((item, k) => ((item.children[1].textContent = names[k]), (item.lastChild.textContent = texts[k])))
    chart.says = `${chart.step.textContent}: ${names.map((name, k) => `${name} ${texts[k]}`).join(", ")}`
    if (cursor === null) chart.base.ariaLabel = `${chart.title.textContent}. ${chart.empty.textContent || chart.says}`
    if (!chart.width) return
    const ctx = fit(chart.over, chart.width), bottom = HEIGHT - PAD.bottom
    if (state.drag) {
      const [left, right] = state.drag.map(chart.x)
      Object.assign(ctx, { fillStyle: chart.ink, globalAlpha: 0.12 })
      ctx.fillRect(left, PAD.top, right - left, bottom - PAD.top)
    }
    if (cursor === null || cursor < a || cursor > b) return
    rule(ctx, chart.ink, 0.5, chart.x(cursor), PAD.top, chart.x(cursor), bottom)
    curves.forEach(({ x, y, style }, k) => {
      const v = y[read[k]]
      if (v == null || (logarithmic(state, i) && v <= 0) || x[read[k]] < a) return
      Object.assign(ctx, { fillStyle: chart.colors[k], strokeStyle: chart.colors[k], lineWidth: 1.5 })
      ctx.beginPath()
      ctx.arc(chart.x(x[read[k]]), chart.y(v), { raw: 2.5, plan: 2.5, smooth: 4, points: 7 }[style], 0, 7)
      style === "points" ? ctx.stroke() : ctx.fill()
    })
  })
}
