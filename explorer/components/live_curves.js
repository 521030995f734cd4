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
  const last = Math.max(0, ...data.charts.flatMap((spec) => spec.curves.map((c) => c.x.at(-1) ?? 0)))
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
    const tick = add(chart.log, "input", { type: "checkbox", checked: !!state.log[i] })
    tick.onchange = () => ((state.log[i] = tick.checked), redraw(state))
    add(chart.log, "span")
    const readout = add(box, "div", { className: "readout", ariaLive: "off" }) // keys announce by state.spoken
    chart.items = spec.curves.map(() => ["i", "span", "b"].reduce((item, tag) => (add(item, tag), item), add(readout, "span")))
    const plot = add(box, "div", { className: "plot" })
    chart.base = add(plot, "canvas", { role: "img", tabIndex: 0 })
    chart.over = add(plot, "canvas", { className: "over", ariaHidden: "true" })
    chart.empty = add(plot, "p")
    chart.caption = add(box, "small")
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
  state.hint.textContent = words.zoom_hint
  state.reset.textContent = words.reset_zoom
  charts.forEach((chart, i) => {
    const { title, curves, empty, log_switch } = data.charts[i]
    chart.title.textContent = title
    chart.log.hidden = !log_switch
    chart.log.lastChild.textContent = words.log_scale
    chart.caption.textContent = data.x_marks.length ? `${data.x_label} · ${words.x_marks}` : data.x_label
    chart.empty.textContent = curves.some((c) => c.y.some((y) => y !== null)) ? "" : empty || words.empty
    chart.base.ariaDescription = words.keys_hint
    chart.colors = curves.map(({ label, style, color }, k) => {
      const [swatch, name] = chart.items[k].children
      swatch.className = `${style} ${color} ${k % 2 ? "square" : "round"}`
      name.textContent = label
      return getComputedStyle(swatch).color
    })
    const { fontFamily, color } = getComputedStyle(chart.caption)
    Object.assign(chart, { font: `12px ${fontFamily}`, muted: color, ink: getComputedStyle(chart.title).color })
  })
}

const span = (state) => state.view ?? [0, state.data.x_max]
const before = (x, v) => x.findLastIndex((step) => step <= v)
const closest = (steps, v) => steps.reduce((p, q) => (Math.abs(q - v) < Math.abs(p - v) ? q : p), steps[0] ?? Math.round(v))

function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9)
  return power * [1, 2, 5, 10].find((m) => m * power >= step * 0.9999)
}

function ticks(lo, hi, step) {
  const first = Math.ceil(lo / step - 1e-6)
  return Array.from({ length: Math.floor(hi / step + 1e-6) - first + 1 }, (_, k) => (first + k) * step)
}

function logTicks(lo, hi) {
  const decades = ticks(Math.floor(Math.log10(lo) + 1e-6), Math.log10(hi), 1).map((p) => 10 ** p)
  const all = hi > 200 * lo ? decades : decades.flatMap((v) => [v, 2 * v, 5 * v])
  return all.filter((v, k) => v > lo * 0.999 && v < hi * 1.001 && k % Math.ceil(all.length / 9) === 0)
}

// Indices of the first and last point to draw at this zoom: one beyond each edge, so that lines leave the picture.
function within(x, [a, b]) {
  return [Math.max(0, before(x, a)), Math.min(x.length - 1, before(x, b) + 1)]
}

// While zoom and scale stay the same, the range only ever grows: the axis does not jump as points arrive.
function yRange(state, { curves, y_range, y_format }, chart, log) {
  if (y_range && !log) return y_range
  const id = [log, ...span(state)].join()
  let [lo, hi] = (chart.rangeId === id && chart.range) || [Infinity, -Infinity]
  for (const { x, y } of curves)
    for (let [k, end] = within(x, span(state)); k <= end; k++)
      if (y[k] !== null && !(log && y[k] <= 0)) (lo = Math.min(lo, y[k])), (hi = Math.max(hi, y[k]))
  if (lo > hi) return [log ? 0.1 : 0, 1]
  Object.assign(chart, { rangeId: id, range: [lo, hi] })
  if (log) return [1 / nice(1.001 / lo), nice(hi * 1.001)]
  if (!state.view) y_format === "percent" ? (hi = Math.max(1, hi)) : (lo = Math.min(0, lo))
  const step = nice(Math.max(hi - lo, Math.abs(hi) / 1000, 1e-9) / 4), floor = Math.floor(lo / step + 1e-6) * step
  return [floor, Math.max(floor + step, Math.ceil(hi / step - 1e-6) * step), step] // a tick at both ends
}

function write(v, digits, format) {
  if (v == null) return "–"
  if (format === "percent") return `${(v * 100).toFixed(Math.max(0, digits - 2))}%`
  const plain = v === 0 || (Math.abs(v) < 1e4 && Math.abs(v) >= 10 ** -digits)
  return plain ? v.toFixed(digits) : v.toExponential(2).replace("e+", "e").replace(/\.?0+e/, "e")
}

function fit(canvas, width) {
  const ratio = devicePixelRatio, size = { width: Math.round(width * ratio), height: Math.round(HEIGHT * ratio) }
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size)
  const ctx = canvas.getContext("2d")
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
  ctx.clearRect(0, 0, width, HEIGHT)
  return ctx
}

function rule(ctx, color, alpha, x0, y0, x1, y1) {
  Object.assign(ctx, { strokeStyle: color, globalAlpha: alpha, lineWidth: 1 })
  ctx.beginPath()
  ctx.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5)
  ctx.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5)
  ctx.stroke()
  ctx.globalAlpha = 1
}

function redraw(state) {
  state.reset.ariaDisabled = String(!state.view)
  state.reset.title = state.view ? "" : state.data.words.reset_zoom_disabled
  state.charts.forEach((chart, i) => chart.width && draw(state, state.data.charts[i], chart, !!state.log[i]))
  point(state, state.cursor)
}

function draw(state, spec, chart, log) {
  const ctx = fit(chart.base, chart.width), { x_marks, x_max } = state.data
  const [a, b] = span(state), [lo, hi, step = nice((hi - lo) / 4)] = yRange(state, spec, chart, log)
  const right = chart.width - PAD.right, bottom = HEIGHT - PAD.bottom, at = log ? Math.log : Number
  chart.x = (v) => PAD.left + ((v - a) / (b - a)) * (right - PAD.left)
  chart.y = (v) => bottom - ((at(v) - at(lo)) / (at(hi) - at(lo))) * (bottom - PAD.top)
  Object.assign(ctx, { font: chart.font, fillStyle: chart.muted, textAlign: "right", textBaseline: "middle" })
  for (const v of chart.empty.textContent ? [] : log ? logTicks(lo, hi) : ticks(lo, hi, step)) {
    const digits = Math.min(4, Math.max(0, Math.ceil(-Math.log10(log ? v : step) - 1e-6)))
    ctx.fillText(write(v, digits, spec.y_format), PAD.left - 6, chart.y(v))
    rule(ctx, chart.ink, 0.1, PAD.left, chart.y(v), right, chart.y(v))
  }
  rule(ctx, chart.ink, 0.4, PAD.left, bottom, right, bottom)
  const every = Math.ceil((x_marks.length * 8 * (b - a)) / x_max / chart.width) // at least 8 px apart
  x_marks.forEach((v, k) => {
    if (v > a && v <= b && (k + 1) % every === 0) rule(ctx, chart.ink, 0.1, chart.x(v), PAD.top, chart.x(v), bottom)
  })
  ctx.textBaseline = "top"
  for (const v of ticks(a, b, Math.max(1, nice(((b - a) * 90) / chart.width)))) {
    const half = ctx.measureText(count.format(v)).width / 2
    ctx.fillText(count.format(v), Math.min(chart.width, chart.x(v) + half), bottom + 7)
  }
  const plot = new Path2D()
  plot.rect(PAD.left, PAD.top - 2, right - PAD.left, bottom - PAD.top + 4)
  spec.curves.forEach((curve, k) => drawCurve(ctx, chart, curve, k, [a, b], log, plot))
}

function drawCurve(ctx, chart, { x, y, style }, k, view, log, plot) {
  const [from, to] = within(x, view), marks = new Path2D()
  const radius = Math.min(4.5, Math.max(2, chart.width / (to - from + 1) / 3)), half = radius * 0.8
  ctx.save()
  ctx.clip(plot)
  Object.assign(ctx, { strokeStyle: chart.colors[k], fillStyle: chart.colors[k], lineJoin: "round" })
  Object.assign(ctx, { lineWidth: { raw: 1, smooth: 2.5, points: 1.5 }[style], globalAlpha: style === "raw" ? 0.5 : 1 })
  ctx.beginPath()
  for (let n = from, pen = false; n <= to; n++) {
    const shown = y[n] !== null && !(log && y[n] <= 0) // what is not finite, or has no logarithm, is a gap
    if (shown) {
      const px = chart.x(x[n]), py = chart.y(y[n])
      if (!pen) ctx.moveTo(px - 1, py) // a point between two gaps shows too
      ctx.lineTo(px, py)
      if (style === "points" && x[n] >= view[0] && x[n] <= view[1]) {
        marks.moveTo(px + radius, py)
        k % 2 ? marks.rect(px - half, py - half, 2 * half, 2 * half) : marks.arc(px, py, radius, 0, 7)
      }
    }
    pen = shown
  }
  ctx.stroke()
  ctx.restore()
  ctx.fillStyle = chart.colors[k]
  ctx.fill(marks) // not clipped: a marker on the edge stays whole
}

// The cursor and the values at its step, in every chart; without a cursor the latest values.
function point(state, cursor) {
  const [a, b] = span(state), { x_label, charts } = state.data
  state.cursor = cursor
  state.charts.forEach((chart, i) => {
    const { curves, y_format } = charts[i], step = cursor ?? Math.max(0, ...curves.map((c) => c.x.at(-1) ?? 0))
    const read = curves.map((c) => before(c.x, step)), texts = curves.map((c, k) => write(c.y[read[k]], 4, y_format))
    chart.step.textContent = `${x_label} ${count.format(step)}`
    chart.items.forEach((item, k) => (item.lastChild.textContent = texts[k]))
    chart.says = `${chart.step.textContent}: ${curves.map((c, k) => `${c.label} ${texts[k]}`).join(", ")}`
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
      if (v == null || (state.log[i] && v <= 0) || x[read[k]] < a) return
      Object.assign(ctx, { fillStyle: chart.colors[k], strokeStyle: chart.colors[k], lineWidth: 1.5 })
      ctx.beginPath()
      ctx.arc(chart.x(x[read[k]]), chart.y(v), { raw: 2.5, smooth: 4, points: 7 }[style], 0, 7)
      style === "points" ? ctx.stroke() : ctx.fill()
    })
  })
}

function zoom(state, a, b) {
  const { x_max } = state.data, wide = Math.max(b - a, 4), from = Math.max(0, Math.min(a, x_max - wide))
  state.view = wide < x_max ? [from, from + wide] : null
  redraw(state)
}

function listen(state, chart, i) {
  const canvas = chart.base, steps = () => state.data.charts[i].curves.flatMap((c) => c.x)
  const under = (event) => {
    const [a, b] = span(state), share = (event.offsetX - PAD.left) / (chart.width - PAD.left - PAD.right)
    return a + Math.min(1, Math.max(0, share)) * (b - a)
  }
  const move = (event) => point(state, closest(steps(), under(event))) // the other chart reads its last value before
  const leave = () => ((state.drag = null), point(state, null))
  canvas.onpointerdown = (event) => {
    if (event.button) return
    canvas.setPointerCapture(event.pointerId)
    state.drag = [under(event), under(event)]
    move(event)
  }
  canvas.onpointermove = (event) => {
    if (state.drag) state.drag[1] = under(event)
    move(event)
  }
  canvas.onpointerup = () => {
    const [a, b] = (state.drag ?? [0, 0]).sort((p, q) => p - q)
    state.drag = null
    chart.x(b) - chart.x(a) < 6 ? point(state, state.cursor) : zoom(state, a, b) // a short drag is a click
  }
  canvas.onpointercancel = canvas.onblur = leave
  canvas.onpointerleave = (event) => event.pointerType === "mouse" && !state.drag && leave() // after a tap it stays
  canvas.ondblclick = () => zoom(state, 0, Infinity)
  canvas.onkeydown = (event) => {
    const [a, b] = span(state), now = Math.min(b, Math.max(a, state.cursor ?? state.last)), hop = (b - a) / 100
    const go = (way) => {
      const ahead = steps().filter((v) => (v - now) * way > 0 && v >= a && v <= b)
      point(state, ahead.length ? closest(ahead, now + way * hop) : now)
    }
    const scale = (f) => zoom(state, now - (now - a) * f, now + (b - now) * f)
    const keys = { ArrowLeft: () => go(-1), ArrowRight: () => go(1), Escape: leave, 0: () => zoom(state, 0, Infinity) }
    Object.assign(keys, { "+": () => scale(0.5), "=": () => scale(0.5), "-": () => scale(2) })
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation() // Streamlit has single-key shortcuts of its own
    keys[event.key]()
    state.spoken.textContent = chart.says
  }
}
