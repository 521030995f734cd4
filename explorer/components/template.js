// Sentences in the page's language, which come from Python as templates.

/** @import { Template } from "./messages.d.ts" */

/** A template with its {names} filled in; of one with several forms, the form for the number `count`.
 *  @type {(template: Template, values: Record<string, unknown>) => string} */
export const fill = (template, values) =>
  formOf(template, Number(values.count)).replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

/** `template` itself, or of {language, one, few, other …} what that language says of so many.
 *  @type {(template: Template, count: number) => string} */
const formOf = (template, count) =>
  typeof template === "string"
    ? template
    : (template[new Intl.PluralRules(template.language).select(count)] ?? template.other);
