/** A link of a menu, a footer or a trail. */
export interface NamedLink {
  label: string
  href: string
}
