/** A town hall with biometric stations (dispositifs de recueil). `stations` is `undefined` when nobody published it. */
export interface TownHall {
  insee: string
  name: string
  department: string
  population: number | undefined
  stations: number | undefined
  lat: number | undefined
  lon: number | undefined
  openedOn: string | undefined
  closedOn: string | undefined
  status: 'confirmed' | 'to-confirm'
  withoutAppointment: boolean
  source: { publisher: string; document: string; locator: string }
}

/** Town halls of a department, with the number that its prefecture announces. */
export interface Network {
  townHalls: TownHall[]
  expected: number | undefined
}
