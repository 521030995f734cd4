// Sentences in the page's language, which come from Python as templates.

/** A template with its {names} filled in; of one with several forms, the form for the number `count`. */
export const fill = (template, values) => formOf(template, values.count).replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** `template` itself, or of {language, one, few, other …} what that language says of so many. */
const formOf = (template, count) =>
  typeof template === "string"
    ? template
    : (template[new Intl.PluralRules(template.language).select(count)] ?? template.other);
