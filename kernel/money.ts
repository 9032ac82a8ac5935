import { Fault } from './fault.ts'

/** An amount in integer minor units (cents) of a currency (ISO 4217). */
export type Money = { readonly minor: number; readonly currency: string }

/** Makes money; refuses `money.notWhole` for fractions of a minor unit and amounts beyond exact integers. */
export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) {
    throw new Fault('money.notWhole', 'Money is counted in whole minor units.', { minor, currency })
  }
  return { minor, currency }
}

/** Sum of amounts of one currency; refuses `money.mixed` when currencies differ. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  let minor = 0
  for (const amount of amounts) {
    if (amount.currency !== currency) {
      throw new Fault('money.mixed', `Amounts in ${amount.currency} and ${currency} cannot be added.`, {
        currencies: [amount.currency, currency],
      })
    }
    minor += amount.minor
  }
  return money(minor, currency)
}
