import type { Configuration } from 'openid-client'

/** How this service is known to its OpenID Connect provider. */
export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** Adds PKCE; ProConnect documents none and refuses parameters that it does not know. */
  pkce: boolean
  /** Levels of authentication, one of which is asked for and verified; none when empty. */
  acr: readonly string[]
  /** How the provider signs the identity token: RS256, ES256… */
  signature: string
  /** How it signs the answer about the person; plain JSON when undefined. */
  userinfoSignature: string | undefined
  /** Where the provider sends the person back, exactly as registered. */
  redirectUri: string
  afterLogout: string
}

/** What a sign-in at the provider must bring back. */
export interface SignInChecks {
  state: string
  nonce: string
  verifier: string | undefined
}

/** Who the provider says that the person is. */
export interface Person {
  /** Issuer and subject: the person, whatever becomes of the address. */
  subject: string
  email: string
  name: string
  idToken: string
}

/** The provider refused, or what it answered does not hold. The message is for the log; people get a general one. */
export class SignInRefused extends Error {}

/** An OpenID Connect provider, met when first needed. */
export interface Provider {
  /** Where to send the person, and what their return must match. */
  begin: () => Promise<{ address: string; checks: SignInChecks }>
  /** Checks the return, asks who it is. @throws SignInRefused */
  finish: (returned: URL, checks: SignInChecks) => Promise<Person>
  /** Where the session at the provider ends; `undefined` when it does not say. */
  endSession: (idToken: string) => Promise<string | undefined>
}

/** Speaks OpenID Connect (code flow, state, nonce, signed answers) as ProConnect documents it, with any provider. */
export function openProvider(settings: ProviderSettings): Provider {
  let met: Promise<Configuration> | undefined
  const provider = () => {
    met ??= discover(settings)
    met.catch(() => {
      met = undefined
    })
    return met
  }
  return {
    begin: async () => {
      const openid = await library()
      const checks = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: settings.pkce ? openid.randomPKCECodeVerifier() : undefined,
      }
      const address = openid.buildAuthorizationUrl(await provider(), {
        redirect_uri: settings.redirectUri,
        scope: 'openid given_name usual_name email',
        state: checks.state,
        nonce: checks.nonce,
        ...(checks.verifier === undefined
          ? {}
          : {
              code_challenge: await openid.calculatePKCECodeChallenge(checks.verifier),
              code_challenge_method: 'S256',
            }),
        ...(settings.acr.length === 0
          ? {}
          : { claims: JSON.stringify({ id_token: { acr: { essential: true, values: settings.acr } } }) }),
      })
      return { address: address.href, checks }
    },
    finish: async (returned, { state, nonce, verifier }) => {
      const openid = await library()
      try {
        // The provider redirects to the registered address, whatever a proxy makes of it on the way.
        const address = new URL(settings.redirectUri)
        address.search = returned.search
        const config = await provider()
        const tokens = await openid.authorizationCodeGrant(config, address, {
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          ...(verifier === undefined ? {} : { pkceCodeVerifier: verifier }),
        })
        // Expected above: a grant without an identity token was refused.
        const claims = tokens.claims()!
        if (settings.acr.length > 0 && !settings.acr.includes(String(claims['acr'])))
          throw new SignInRefused(`level ${claims['acr']} is not among ${settings.acr.join(', ')}`)
        const about = await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
        if (typeof about.email !== 'string' || about.email_verified === false)
          throw new SignInRefused('no verified address')
        const names = [about.given_name, about['usual_name'] ?? about.family_name]
        return {
          subject: `${claims.iss} ${claims.sub}`,
          email: about.email.toLowerCase(),
          name: names.filter(part => typeof part === 'string').join(' '),
          idToken: tokens.id_token!,
        }
      } catch (error) {
        if (error instanceof SignInRefused) throw error
        throw new SignInRefused(String(error), { cause: error })
      }
    },
    endSession: async idToken => {
      const openid = await library()
      const config = await provider()
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      return openid.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        state: openid.randomState(),
        post_logout_redirect_uri: settings.afterLogout,
      }).href
    },
  }
}

/** Read when somebody signs in, like the provider itself. */
const library = () => import('openid-client')

async function discover(settings: ProviderSettings): Promise<Configuration> {
  const openid = await library()
  const issuer = new URL(settings.issuer)
  const onThisMachine = issuer.protocol === 'http:'
  const config = await openid.discovery(
    issuer,
    settings.clientId,
    {
      id_token_signed_response_alg: settings.signature,
      ...(settings.userinfoSignature === undefined
        ? {}
        : { userinfo_signed_response_alg: settings.userinfoSignature }),
    },
    openid.ClientSecretPost(settings.clientSecret),
    onThisMachine ? { execute: [openid.allowInsecureRequests] } : {},
  )
  // Signatures are checked even where TLS to the provider would do.
  openid.enableNonRepudiationChecks(config)
  return config
}
