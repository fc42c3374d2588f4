// The parts of jose that the verifier uses. The CommonJS build puts their code into this file.
export {
  base64url,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
