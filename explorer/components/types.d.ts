// What Streamlit hands a component, and a component its view.

/** Tells Python: a state that stays, or what happens once. */
export interface ToPython {
  send(name: string, value: unknown): void;
  trigger(name: string, value: unknown): void;
}
export interface View<Message> {
  update(message: Message): void;
  close?(): void;
}
export type Root = ShadowRoot | HTMLElement;
export interface Given<Message> {
  data: [Message];
  parentElement: Root;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}
export type RGB = [number, number, number];
export type ReadColor = (variable: string) => RGB;
