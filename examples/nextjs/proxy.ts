import { type NextRequest, NextResponse } from 'next/server'
import { auth } from './lib/auth'

export async function proxy(request: NextRequest) {
  const visit = await auth.refresh(request)
  if (visit.refusal) return visit.refusal
  return visit.applyTo(NextResponse.next({ request: { headers: visit.requestHeaders() } }))
}

// Pages, server actions and route handlers, but no files. A page such as `/users/ada@example.com` is no file.
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|.*\\.(?:css|gif|ico|jpe?g|js|map|png|svg|txt|webp|woff2?|xml)$).*)',
  ],
}
