// What the way through a network is made of.

/** By their names in a state_dict. */
export type Tensors = Record<string, Float32Array>;
