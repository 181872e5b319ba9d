import { isIP } from 'node:net'
import { Refusal } from '../errors.ts'
import { bareHost, isNamed, mayAsk } from '../io/outside/address.ts'
import { seal } from '../io/sealed.ts'
import type { CollectorKind } from './collector.ts'
import { watchedFolder } from './folder-work.ts'
import type { CollectorGround } from './ground-work.ts'

/** The address of a collector as it is kept. @throws Refusal saying what addresses its kind takes. */
export function addressOf(
  { outside, importDir }: Pick<CollectorGround, 'outside' | 'importDir'>,
  kind: CollectorKind,
  given: string,
): string {
  const refuse = (detail: string) => new Refusal('invalid-collector', `address : ${detail}`)
  if (kind === 'folder') {
    if (importDir === undefined)
      throw refuse('aucun dossier n’est surveillé ; la personne qui tient le service règle IMPORT_DIR.')
    if (watchedFolder(importDir, given) === undefined)
      throw refuse('le nom d’un dossier sous IMPORT_DIR, ou « . » pour IMPORT_DIR lui-même.')
    return given
  }
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !mayAsk(url, outside.hosts))
    throw refuse(
      'une adresse https:// que tout le monde atteint ; une adresse de cette machine seulement si COLLECTOR_HOSTS la nomme.',
    )
  if (kind === 'file-at-address' && !isNamed(url, outside.hosts))
    throw refuse(
      `l’hôte ${url.hostname} n’est pas dans COLLECTOR_HOSTS ; demandez à la personne qui tient le service de l’y ajouter.`,
    )
  if (url.search !== '' && kind === 'booking-editor')
    throw refuse('l’adresse de base du contrat, sans question (« ?… ») ; le jeton se donne à part.')
  // `http://0x7f.1` and the like are kept as what they are.
  return isIP(bareHost(url)) === 0 ? given : url.href.replace(/\/$/, '')
}

/** A token as it is kept: encrypted, and bound to the origin that it is for. @throws Refusal without a key. */
export function sealToken(
  { secretKey }: Pick<CollectorGround, 'secretKey'>,
  token: string,
  address: string,
): Buffer {
  if (secretKey === undefined)
    throw new Refusal(
      'token-not-storable',
      'Aucun jeton ne peut être gardé : la personne qui tient le service doit d’abord régler SECRET_KEY (32 octets en base64, par exemple « openssl rand -base64 32 »).',
    )
  return seal(secretKey, token, new URL(address).origin)
}
