export const charter = 'charter'
