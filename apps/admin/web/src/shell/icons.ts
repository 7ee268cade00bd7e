import {
  IconBuildingBank,
  IconBuildingCommunity,
  IconCalendarStats,
  IconEye,
  IconHistory,
  IconKey,
  IconListDetails,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';

/** The icons of the navigation, by the name that a page's route gives. */
export const icons = {
  today: IconCalendarStats,
  accounts: IconBuildingCommunity,
  transfers: IconBuildingBank,
  catalogue: IconListDetails,
  staff: IconUsersGroup,
  keys: IconKey,
  webhooks: IconWebhook,
  audit: IconHistory,
  impersonation: IconEye,
} as const;
export type IconName = keyof typeof icons;
