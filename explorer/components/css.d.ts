// A style sheet that a script imports with { type: "css" }.
declare module "*.css" {
  const sheet: CSSStyleSheet;
  export default sheet;
}
