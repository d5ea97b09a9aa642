/** Whether an access token is a JSON Web Token, which the SOAP API takes only from version 68 on. */
export function isJwt(token: string | null | undefined): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token ?? '');
}
