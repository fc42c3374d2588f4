export {
  countAnonymousCall,
  countLogin,
  countMail,
  countNotice,
  countPasswordCheck,
  countRefresh,
  countUserCall,
} from '../../steps/count-calls.ts'
export { findNetwork } from '../../words/network.ts'
export { NO_LIMITS, parseRateLimit, type RateLimit, type ThrottleLimits } from '../../words/rate-limits.ts'
export { createThrottle, type Throttle, type ThrottleSettings, type ThrottleStore } from './throttle.ts'
