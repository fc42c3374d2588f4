export {
  countAnonymousCall,
  countLogin,
  countMail,
  countNotice,
  countPasswordCheck,
  countRefresh,
  countUserCall,
} from './count-calls.ts'
export { NO_LIMITS, parseRateLimit, type RateLimit, type ThrottleLimits } from './limits.ts'
export { findNetwork } from './network.ts'
export { createThrottle, type Throttle, type ThrottleSettings, type ThrottleStore } from './throttle.ts'
