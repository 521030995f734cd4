// What Python sends the components. Made of their message.py by: make messages
// biome-ignore-all format: as it is made

/** A text, or several forms of one by plural rule, with their language. */
export type Template = string | Record<string, string>;

export type InspectorWords = Record<"cell" | "open" | "open_value" | "before" | "channel" | "weighted" | "products" | "bias_note" | "comma" | "row" | "column" | "used" | "used_max" | "unused" | "winner" | "tie" | "mean_gradient" | "sentences" | "titled" | "padding_zero" | "padding_pool" | "padding_copy" | "padded_by" | "never_used" | "weight_padded" | "mode_reflect" | "mode_replicate" | "mode_circular" | "output_channel" | "maps" | "partial" | "player" | "play" | "pause" | "step" | "step_back" | "speed" | "position" | "zoom" | "zoom_needless" | "copy" | "copied" | "unfold" | "fold" | "edit" | "invalid" | "hint" | "hint_touch" | "hint_fixed" | "hint_fixed_touch", string> & Record<"weight_once" | "weight_used" | "weight_inside" | "weight_outside", Template>;

export interface PackedMatrix {
  columns: number;
  bytes: 0 | 1 | 2;
  palette: string;
  cells: string;
}

export interface GridMessage {
  name: string;
  title: string;
  values: number[][] | PackedMatrix;
  label: string;
  largest: number;
  signed: boolean;
  edit: string;
  before: number[][] | PackedMatrix | null;
  asked: [number, number] | "grid" | null;
}

export interface AxisMessage {
  at: number[][];
  source: number[];
  before: number;
  size: number;
}

export interface OperationMessage {
  reduce: "sum" | "max" | "mean";
  rows: AxisMessage;
  columns: AxisMessage;
  parts: ([number, number | null])[];
  output: number;
  bias: number | null;
  relu: boolean;
  title: string;
  first: number;
}

export interface RefusalMessage {
  place: number;
  title: string;
  sentence: string;
}

export interface SceneMessage {
  layout: "row" | "stack" | "fan";
  grids: GridMessage[];
  operations: OperationMessage[];
  padding_mode: "zeros" | "reflect" | "replicate" | "circular";
  maps: (number[][] | PackedMatrix)[];
  chosen: number;
  remark: string;
  refusals: RefusalMessage[];
  pick: string;
  question: string;
}

export interface InspectorMessage {
  scene: SceneMessage;
  open: [string, number, number];
  limit: number;
  player: boolean;
  words: InspectorWords;
}

export type ConfusionWords = Record<"matrix" | "matrix_label" | "matrix_answer" | "matrix_right" | "matrix_cell" | "tested" | "empty" | "predictions_unreachable", string>;

export interface ConfusionMessage {
  address: string;
  epoch: number;
  names: string[];
  words: ConfusionWords;
}

export type ExerciseWords = Record<"differs" | "chains", string>;

export interface LineMessage {
  text: string;
  differs: boolean;
}

export interface ChainMessage {
  title: string;
  lines: LineMessage[];
}

export interface ExerciseMessage {
  kind: "" | "right" | "wrong" | "shown";
  verdict: string;
  chains: ChainMessage[];
  progress: string;
  field: string;
  words: ExerciseWords;
}

export interface LayerMessage {
  name: string;
  kind: string;
  input: number[];
  output: number[];
  groups: number;
  axes: [AxisMessage, AxisMessage] | null;
}

export type HomeWords = Record<"pad" | "undo" | "redo" | "clear" | "got" | "answer" | "read" | "empty" | "waiting" | "unreachable" | "samples" | "pad_cells" | "pad_cell" | "pad_keys" | "pad_becomes_image" | "keep" | "keep_title" | "save" | "save_title" | "kept" | "kept_open" | "kept_save" | "kept_remove" | "image" | "image_title" | "image_placed" | "image_inverted" | "image_whole" | "image_whole_inverted" | "image_large" | "image_pixels" | "image_unread" | "image_blank" | "steps" | "step_scale" | "step_centre" | "step_pen" | "step_normalise" | "step_image" | "step_scale_off" | "step_centre_off" | "step_pen_off" | "step_normalise_off" | "no_test_digit" | "layers" | "point" | "point_touch" | "unit" | "features" | "flattened" | "is_feature" | "flat_title" | "flat_why" | "flat_image" | "flat_choice" | "flat_pixel" | "flat_window" | "flat_vector" | "flat_part" | "flat_neighbours" | "flat_corner" | "flat_pieces" | "flat_hint" | "flat_hint_touch", string> & Record<"dark", Template>;

export interface HomeMessage {
  layers: LayerMessage[];
  weights: string;
  mean: number;
  deviation: number;
  drawings: [number, number][][][];
  first: number;
  digits: string;
  link: Record<string, string>;
  words: HomeWords;
}

export type InsideWords = Record<"pad" | "undo" | "redo" | "clear" | "got" | "answer" | "read" | "empty" | "waiting" | "unreachable" | "samples" | "pad_cells" | "pad_cell" | "pad_keys" | "pad_becomes_image" | "keep" | "keep_title" | "save" | "save_title" | "kept" | "kept_open" | "kept_save" | "kept_remove" | "image" | "image_title" | "image_placed" | "image_inverted" | "image_whole" | "image_whole_inverted" | "image_large" | "image_pixels" | "image_unread" | "image_blank" | "steps" | "step_scale" | "step_centre" | "step_pen" | "step_normalise" | "step_image" | "step_scale_off" | "step_centre_off" | "step_pen_off" | "step_normalise_off" | "no_test_digit" | "layers" | "point" | "point_touch" | "unit" | "features" | "flattened" | "is_feature" | "after_epoch" | "pixel" | "opened" | "tabs" | "tab_opened" | "untrained" | "untrained_too" | "untrained_reads" | "kernels" | "kernels_note" | "play" | "pause" | "all_terms" | "fewer_terms" | "versus" | "softmax" | "blank" | "shares" | "shares_of" | "sentences" | "input" | "input_channel" | "kernel_channel" | "output_channel" | "tab_right_and_wrong" | "matrix" | "matrix_label" | "matrix_answer" | "matrix_right" | "matrix_cell" | "tested" | "all_mistakes" | "thumbnail" | "not_kept" | "predictions_unreachable" | "images_unreachable" | "other_images" | "choice" | "list_all" | "list_class" | "list_unsure" | "list_mistakes" | "list_empty" | "list_back" | "list_on" | "list_number" | "list_place" | "no_images" | "more_images" | "tab_breaking" | "break_sliders" | "break_reset" | "break_right" | "break_down" | "break_rotate" | "break_scale" | "break_thicken" | "break_noise" | "break_invert" | "curve" | "curve_at" | "cover" | "cover_size" | "cover_hint" | "cover_at" | "cover_empty" | "measure" | "measure_cancel" | "measure_waiting" | "measure_running" | "measure_another" | "measured_at_end" | "tab_looks_for" | "looks_layer" | "looks_map" | "looks_title" | "looks_patch" | "looks_hint" | "looks_dark" | "looks_dark_maps" | "looks_unkept", string> & Record<"sum" | "sum_bias" | "sum_lead" | "others" | "dark" | "mistakes", Template>;

export interface MeasuredCurve {
  name: string;
  points: [number, number][];
}

export interface StudyMessage {
  question: string;
  state: "waiting" | "running" | "failed";
  done: number;
  total: number;
  sentence: string;
}

export interface MeasuredMessage {
  curves: MeasuredCurve[];
  patches: string;
  study: StudyMessage | null;
  refusal: string;
}

export interface InsideMessage {
  layers: LayerMessage[];
  weights: [number, string][];
  mean: number;
  deviation: number;
  drawings: [number, number][][][];
  first: number;
  link: Record<string, string>;
  names: string[];
  digits: string;
  test_images: number;
  predictions: [number, string][];
  measured: MeasuredMessage;
  hidden: string[];
  words: InsideWords;
  inspector: InspectorWords;
}

export type LiveCurvesWords = Record<"empty" | "keys_hint" | "log_scale" | "reset_zoom" | "reset_zoom_disabled" | "x_marks" | "zoom_hint" | "zoom_hint_touch", string>;

export interface PackedSteps {
  hops: number[];
}

export interface PackedValues {
  float32: string;
}

export interface CurveMessage {
  label: string;
  x: number[] | PackedSteps | null;
  y: (number | null)[] | PackedValues;
  style: "raw" | "smooth" | "points" | "plan";
  color: string;
  dash: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
  marker: "circle" | "square" | "diamond" | "up" | "down" | "left" | "right" | "plus" | null;
}

export interface ChartMessage {
  title: string;
  curves: CurveMessage[];
  y_format: "loss" | "percent";
  y_range: [number, number] | null;
  log_switch: boolean;
  log: boolean;
  empty: string;
  note: string;
}

export interface MarkMessage {
  x: number;
  label: string;
}

export interface CurvesMessage {
  charts: ChartMessage[];
  x_max: number;
  x_label: string;
  x_marks: number[];
  x_whole: boolean;
  marks: MarkMessage[];
  words: LiveCurvesWords;
}

export type NetworkViewWords = Record<"layer" | "shape" | "params" | "mult_adds" | "memory" | "field" | "step" | "total" | "table" | "picture" | "block" | "features" | "classifier" | "hint" | "hint_touch" | "pixel" | "sees" | "sees_flattened" | "sees_vector" | "sees_nothing" | "sees_unknown" | "sees_too_large" | "fails" | "remark" | "waits" | "blamed" | "message", string>;

export interface BlockMessage {
  row: number;
  name: string;
  shape: string;
  size: [number, number, number] | [number];
  rows: [[number, number, number][], [number, number, number][]] | null;
  columns: [[number, number, number][], [number, number, number][]] | null;
  grid: [number, number] | null;
  after: string[];
  classifies: boolean;
  too_large: boolean;
}

export interface RowMessage {
  name: string;
  code: string;
  shapes: [string, string];
  notes: string[];
  params: string;
  mult_adds: string;
  memory: string;
  field: string;
  step: string;
  state: "fits" | "fails" | "waits" | "remark";
  message: string;
  advice: string;
  repair: string;
  blames: number | null;
  chooses: boolean;
}

export interface NetworkMessage {
  blocks: BlockMessage[];
  rows: RowMessage[];
  totals: RowMessage;
  image: number[][];
  chosen: [number, number, number];
  reveal: boolean;
  words: NetworkViewWords;
}

export type ProbeViewWords = Record<"title" | "score" | "digits" | "right" | "wrong" | "unanswered" | "before" | "was" | "comma" | "probabilities" | "truth" | "maps" | "maps_scale" | "kernels" | "now" | "change" | "scale" | "empty", string>;

export interface ProbeMessage {
  images: [[number, number, number], string] | [[number, number, number], string, true];
  labels: number[];
  names: string[];
  probabilities: (number[] | null)[] | null;
  answers: ((number | null)[])[];
  maps: [[number, number, number], string] | [[number, number, number], string, true] | null;
  kernels: [[number, number, number], string] | [[number, number, number], string, true] | null;
  change: [[number, number, number], string] | [[number, number, number], string, true] | null;
  largest_map: number;
  largest: number;
  largest_change: number;
  words: ProbeViewWords;
}

export type RunTableWords = Record<"table" | "sort" | "download" | "more", string>;

export interface LookMessage {
  color: string;
  dash: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
  marker: "circle" | "square" | "diamond" | "up" | "down" | "left" | "right" | "plus";
  sign: string;
}

export interface CellMessage {
  text: string;
  value: number | string | null;
}

export interface RunMessage {
  look: LookMessage;
  cells: CellMessage[];
}

export interface TableMessage {
  heads: string[];
  rows: RunMessage[];
  file: string;
  words: RunTableWords;
}

export type TaskCardWords = Record<"download", string>;

export interface ComparedMessage {
  name: string;
  accuracy: string;
  facts: string[];
}

export interface FactMessage {
  label: string;
  text: string;
}

export interface CardMessage {
  title: string;
  corner: string;
  networks: ComparedMessage[];
  facts: FactMessage[];
  file: string;
  words: TaskCardWords;
}
